/** A case is placed on the map by hand. */
export const zh = {
  place: {
    title: '确定地点',
    hint: '小区、楼号、门牌或地标，也可在地图上点',
    proposals: '可能的地点',
    failed: '服务器没有答复；可在地图上点选',
    byHand: '按地图上所点的位置',
    none: '尚未选定地点',
    confirm: '确认地点',
    teaches: '确认后记住“{said}”就是这里，下次自动定位',
    teachesNot: '来电没有说地址：填上来电人的叫法，确认后会记住',
    taught: '此前人工定位过',
    by: {
      address: '据地址',
      content: '据诉求内容',
    },
    precision: {
      building: '到楼栋',
      compound: '到小区',
      landmark: '到地标',
      road: '只到道路',
    },
  },
}

export const en: typeof zh = {
  place: {
    title: 'Where is it?',
    hint: 'compound, house, door number or landmark; or click on the map',
    proposals: 'Possible places',
    failed: 'The server did not answer; click on the map instead',
    byHand: 'where it was clicked on the map',
    none: 'no place chosen yet',
    confirm: 'Confirm the place',
    teaches: '“{said}” will be known to mean this place from now on',
    teachesNot: 'No address was said: write how the caller named the place, and it will be known',
    taught: 'placed by hand before',
    by: {
      address: 'by the address',
      content: 'by the text',
    },
    precision: {
      building: 'the house',
      compound: 'the compound',
      landmark: 'the landmark',
      road: 'only the road',
    },
  },
}
