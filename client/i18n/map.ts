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
    people: '{people} 人 · {days} 天',
    peopleOnly: '{people} 人',
  },
  warning: { red: '红', yellow: '黄' },
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
    people: '{people} people · {days} d',
    peopleOnly: '{people} people',
  },
  warning: { red: 'R', yellow: 'Y' },
  reach: '{minutes} min',
}
