/** Words that stand on the map itself. */
export const zh = {
  base: { title: '底图', own: '本地底图', tianditu: '天地图' },
  zone: {
    design: '摸排设计',
    works: '施工中',
    acceptance: '完工待验',
    leftovers: '遗留问题',
    settled: '长效管理',
    label: '{name} {group}',
    progress: '{name} {group} {percent}%',
    ring: '圆环：施工进度，数字：遗留',
  },
  worksite: {
    owed: '欠 {amount} 万',
    days: '{days} 天',
    peopleOnly: '{people} 人',
  },
  warning: { red: '红', yellow: '黄' },
  siteLegend: {
    red: '红色预警工地',
    yellow: '黄色预警工地',
    none: '欠薪工地',
    clear: '未欠薪工地',
    dispute: '双环：诉讼仲裁中',
    size: '大小：欠薪额，数字：人数',
  },
  reach: '{minutes} 分钟',
}

export const en: typeof zh = {
  base: { title: 'Base map', own: 'Our map', tianditu: 'Tianditu' },
  zone: {
    design: 'survey, design',
    works: 'works',
    acceptance: 'to be accepted',
    leftovers: 'leftovers',
    settled: 'upkeep',
    label: '{name} {group}',
    progress: '{name} {group} {percent}%',
    ring: 'ring: works, number: leftovers',
  },
  worksite: {
    owed: 'owes ¥{amount}0k',
    days: '{days} days',
    peopleOnly: '{people} people',
  },
  warning: { red: 'R', yellow: 'Y' },
  siteLegend: {
    red: 'Site, red warning',
    yellow: 'Site, yellow warning',
    none: 'Site that owes wages',
    clear: 'Site that owes nothing',
    dispute: 'Double ring: legal dispute',
    size: 'Size: wages owed; number: people',
  },
  reach: '{minutes} min',
}
