import * as act from './duty/act.ts'
import * as call from './duty/call.ts'
import * as oneCase from './duty/case.ts'
import * as dispatch from './duty/dispatch.ts'
import * as handover from './duty/handover.ts'
import * as help from './duty/help.ts'
import * as officer from './duty/officer.ts'
import * as place from './duty/place.ts'
import * as push from './duty/push.ts'
import * as similar from './duty/similar.ts'

/** The duty desk: its frame and queue here, each panel's words in its own file. */
export const zh = {
  filters: '按状态筛选',
  keys: '上下选单',
  title: '慧治一张图 · 派单',
  queue: '工单队列',
  open: '在办 {n} · 按剩余时间',
  search: '单号、地址、关键词',
  filter: {
    all: '全部 {n}',
    waiting: '待派 {n}',
    working: '处置中 {n}',
    review: '待回访 {n}',
  },
  none: '没有符合的工单',
  pick: '从左侧队列或地图上选一件工单',
  unlocatedTray: '未定位 {n}',
  allLocated: '全部已定位',
  onDuty: '网格员在岗 {on} / {all}',
  worksite: { close: '关闭工地', ledger: '欠薪台账与处置' },
  stack: '此处 {n} 件工单',
  ...act.zh,
  ...call.zh,
  ...oneCase.zh,
  ...dispatch.zh,
  ...handover.zh,
  ...help.zh,
  ...officer.zh,
  ...place.zh,
  ...push.zh,
  ...similar.zh,
}

export const en: typeof zh = {
  filters: 'Filter by state',
  keys: 'up and down the queue',
  title: 'Huizhi Map · Dispatch',
  queue: 'Queue',
  open: '{n} open, by time left',
  search: 'number, address, word',
  filter: {
    all: 'All {n}',
    waiting: 'To dispatch {n}',
    working: 'In hand {n}',
    review: 'To call back {n}',
  },
  none: 'No such case',
  pick: 'Pick a case from the queue or the map',
  unlocatedTray: '{n} not located',
  allLocated: 'All are located',
  onDuty: 'Officers on duty {on} / {all}',
  worksite: { close: 'Close worksite', ledger: 'Ledger and handling' },
  stack: '{n} cases here',
  ...act.en,
  ...call.en,
  ...oneCase.en,
  ...dispatch.en,
  ...handover.en,
  ...help.en,
  ...officer.en,
  ...place.en,
  ...push.en,
  ...similar.en,
}
