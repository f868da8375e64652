/** The duty desk. */
export const zh = {
  title: '慧治一张图 · 派单',
  queue: '工单队列',
  open: '在办 {n} · 按剩余时间',
  search: '单号、地址、关键词',
  filter: { all: '全部 {n}', waiting: '待派 {n}', working: '处置中 {n}', review: '待回访 {n}' },
  none: '没有符合的工单',
  pick: '从左侧队列或地图上选一件工单',
  left: '剩 {age}',
  noClock: '不计时',
  unlocatedTray: '未定位 {n}',
  allLocated: '全部已定位',
  onDuty: '网格员在岗 {on} / {all}',
  detail: { content: '诉求', address: '地点', community: '社区', grid: '网格', source: '来源', reportedAt: '受理', dueAt: '到期', closedAt: '办结', assignee: '承办', urgency: '紧急程度', zone: '改造片区', worksite: '工地', supervised: '督办', dissatisfied: '连续不满意 {n} 次', answer: '回访结果', satisfied: '满意', dissatisfiedAnswer: '不满意', unlocated: '未定位，地图上没有', nearby: '同处另有 {n} 件' },
}

export const en: typeof zh = {
  title: 'Huizhi Map · Dispatch',
  queue: 'Queue',
  open: '{n} open, by time left',
  search: 'number, address, word',
  filter: { all: 'All {n}', waiting: 'To dispatch {n}', working: 'In hand {n}', review: 'To call back {n}' },
  none: 'No such case',
  pick: 'Pick a case from the queue or the map',
  left: '{age} left',
  noClock: 'no clock',
  unlocatedTray: '{n} not located',
  allLocated: 'All are located',
  onDuty: 'Officers on duty {on} / {all}',
  detail: { content: 'Matter', address: 'Place', community: 'Community', grid: 'Grid', source: 'Source', reportedAt: 'Reported', dueAt: 'Due', closedAt: 'Closed', assignee: 'Assigned to', urgency: 'Urgency', zone: 'Renovation zone', worksite: 'Worksite', supervised: 'Supervised', dissatisfied: 'dissatisfied {n} times in a row', answer: 'Call-back', satisfied: 'satisfied', dissatisfiedAnswer: 'dissatisfied', unlocated: 'not located, so not on the map', nearby: '{n} more at this place' },
}
