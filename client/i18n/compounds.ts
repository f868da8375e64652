/** The list of compounds with their posters. */
export const zh = {
  title: '小区与码上提海报',
  link: '小区海报',
  what: '居民扫海报上的二维码即可上报，小区自动填好。',
  find: '小区、社区',
  all: '全部海报 PDF',
  count: '{n} 个小区',
  none: '没有符合的小区',
  nothing: '还没有带名称的小区。先导入路网与楼栋（osm）。',
  loading: '正在读取…',
  failed: '读取失败：{reason}',
  missing: '海报字体缺字：{signs}',
  look: '看海报',
  column: {
    name: '小区',
    community: '社区',
    households: '户数',
    open: '在办工单',
    poster: '海报',
  },
}

export const en: typeof zh = {
  title: 'Compounds and their posters',
  link: 'Posters',
  what: 'Residents scan the code on the poster and report; the compound is filled in for them.',
  find: 'compound, community',
  all: 'All posters as PDF',
  count: '{n} compounds',
  none: 'No such compound',
  nothing: 'No compound has a name yet. Import streets and buildings (osm) first.',
  loading: 'Reading…',
  failed: 'Could not be read: {reason}',
  missing: 'the posters\' font lacks: {signs}',
  look: 'see the poster',
  column: {
    name: 'Compound',
    community: 'Community',
    households: 'Households',
    open: 'Open cases',
    poster: 'Poster',
  },
}
