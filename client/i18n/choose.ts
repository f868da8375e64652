/** The first page: which screen is this? */
export const zh = {
  title: '慧治一张图',
  lead: '选择这块屏幕的用途',
  wall: { name: '大屏', text: '指挥中心墙面：工单、改造、欠薪、养老四层一图，实时更新', size: '1366×768 至 3840×2160' },
  duty: { name: '派单', text: '值班席：工单队列、地图与详情', size: '1366×768 起' },
  plan: { name: '养老规划', text: '步行可达、圈外老人与设施，按步速和分钟计算', size: '1366×768 起' },
  interfaces: '接口',
  docs: '接口文档',
  openapi: 'OpenAPI 描述',
  health: '运行状态',
}

export const en: typeof zh = {
  title: 'Huizhi Map',
  lead: 'What is this screen for?',
  wall: { name: 'Wall', text: 'The centre\'s wall: cases, renovation, wages and elder care on one live map', size: '1366×768 to 3840×2160' },
  duty: { name: 'Dispatch', text: 'The duty desk: queue, map and details', size: 'from 1366×768' },
  plan: { name: 'Care planning', text: 'Who walks how far to care, by speed and minutes', size: 'from 1366×768' },
  interfaces: 'Interfaces',
  docs: 'API reference',
  openapi: 'OpenAPI description',
  health: 'Readiness',
}
