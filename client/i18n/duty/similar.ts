/** Cases that may be one matter. */
export const zh = {
  similar: {
    noneAlike: '附近没有类似的在办工单',
    other: '其他单号',
    title: '可能是同一件事',
    before: '登记前请看：附近可能已有同一件事',
    flood: '同一栋楼短时间内集中反映，请归并',
    caller: '同一电话',
    building: '同一楼栋',
    topic: '同类事项',
    apart: '相隔 {age}',
    merged: '已并入 {n} 件',
    gather: '全部并入本单（{n} 件）',
    reason: '与 {id} 为同一事项',
  },
}

export const en: typeof zh = {
  similar: {
    noneAlike: 'No open case nearby is alike',
    other: 'another number',
    title: 'Perhaps the same matter',
    before: 'Before you register: perhaps known already',
    flood: 'Many calls from one house in a short time: gather them',
    caller: 'same telephone',
    building: 'same house',
    topic: 'same topic',
    apart: '{age} apart',
    merged: '{n} joined',
    gather: 'Gather all {n} here',
    reason: 'same matter as {id}',
  },
}
