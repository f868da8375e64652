/** Keys of the desk. */
export const zh = {
  help: {
    key: '快捷键',
    title: '值班台快捷键',
    walk: '上下选单',
    find: '查找',
    call: '新建工单',
    send: '派给第几位推荐的人',
    emergency: '去下一件紧急工单',
    mute: '紧急提示音 静音 / 恢复',
    batch: '批量派单：队列里最急的 60 件',
    box: '在地图上拖一个框：框内待派的批量派单',
    push: '推送到大屏',
    zones: '改造图层：批次、月份（←→）、来电热度',
    officer: '逐个看在岗的网格员',
    worksite: '逐个看欠薪的工地',
    gather: '把相似工单并入这一件',
    leave: '离开输入框、关闭面板、取消所选',
    help: '这张表',
  },
}

export const en: typeof zh = {
  help: {
    key: 'keys',
    title: 'Keys of the duty desk',
    walk: 'through the queue',
    find: 'search',
    call: 'new case',
    send: 'send that suggested officer',
    emergency: 'to the next emergency',
    mute: 'sound of emergencies off / on',
    batch: 'send many: the 60 most urgent of the queue',
    box: 'drag a box on the map: send many to what waits in it',
    push: 'send to a wall',
    zones: 'renovation layer: batch, month (←→), heat of calls',
    officer: 'look at one grid worker after the other',
    worksite: 'look at worksites that owe wages, one after the other',
    gather: 'merge similar cases into this one',
    leave: 'leave a field, close a panel, clear the selection',
    help: 'this table',
  },
}
