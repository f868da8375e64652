import { Buffer } from 'node:buffer'

const kinds = [
  '物业',
  '环卫',
  '噪声',
  '交通停车',
  '水电气热',
  '养老',
  '欠薪',
  '老旧改造',
  '其他',
]
const streets = ['甸新路', '文化东路', '历山路', '燕子山路', '和平路']
const texts = [
  '楼道照明损坏多日无人维修',
  '夜间施工噪声扰民',
  '小区垃圾未及时清运',
  '路边违停占用消防通道',
  '供暖温度不达标',
]

/** A hotline's export: CSV with Chinese headers, everything told from the row's number, so that a second reading is the same. */
export async function* caseFile({ rows, firstNumber = 0 }: { rows: number, firstNumber?: number }): AsyncGenerator<Uint8Array> {
  yield Buffer.from('工单编号,诉求内容,类别,来源,状态,地址,反映时间,经度,纬度,联系人,联系电话\r\n')
  let text = ''
  for (let i = firstNumber; i < firstNumber + rows; i++) {
    const day = String(1 + i % 28).padStart(2, '0')
    const minute = String(i % 60).padStart(2, '0')
    const lng = (117 + (i * 7919 % 20_000) / 1e6).toFixed(6)
    const lat = (36.6 + (i * 104_729 % 20_000) / 1e6).toFixed(6)
    text += `JN${String(i).padStart(8, '0')},${texts[i % texts.length]}（${i % 97}号楼）,${kinds[i % kinds.length]},12345热线,办理中,${streets[i % streets.length]}${i % 300}号,2026-10-${day} 0${i % 9}:${minute}:00,${lng},${lat},张${i % 1000},138${String(i).padStart(8, '0')}\r\n`
    if (text.length > 60_000) {
      yield Buffer.from(text)
      text = ''
    }
  }
  yield Buffer.from(text)
}
