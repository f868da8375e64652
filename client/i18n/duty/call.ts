/** A case is taken in. */
export const zh = {
  call: {
    title: '新建工单',
    kind: '类别',
    name: '称呼',
    phone: '电话',
    private: '称呼和电话加密保存；登记后须说明用途才能查看，查看留痕。',
    company: '企业名称',
    contactPerson: '联系人',
    householder: '户主或受访人',
    household: '入户走访：地点写到楼、单元、户，如“听泉新村3号楼2单元501”。',
    filesNot: '已登记为 {id}，但照片还没有附上；再次登记只补照片。',
    send: '登记',
    aside: '搁置',
    clear: '清空',
    notSent: '尚未发出。',
    unreachable: '服务器没有答复，内容已保留在本页，可再次登记，不会重复立单。',
    refused: '服务器未接受：{why}',
    offline: '链路中断：内容保留在本页，恢复后再登记。',
  },
}

export const en: typeof zh = {
  call: {
    title: 'New case',
    kind: 'Kind',
    name: 'Name',
    phone: 'Telephone',
    private: 'Name and number are kept encrypted; from now on they are shown only for a stated purpose, on record.',
    company: 'Company',
    contactPerson: 'Contact person',
    householder: 'Householder or who was met',
    household: 'A home visit: write the place down to the door, as 听泉新村3号楼2单元501.',
    filesNot: 'Registered as {id}, but its photos are not with it yet; registering again only adds them.',
    send: 'Register',
    aside: 'Put aside',
    clear: 'Clear',
    notSent: 'Not sent.',
    unreachable: 'The server did not answer. All is kept on this page; registering again makes no second case.',
    refused: 'The server did not take it: {why}',
    offline: 'The link is lost: all is kept on this page, register it when the link is back.',
  },
}
