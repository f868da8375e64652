import type { Random } from '../random.ts'

/** Invented names of places: pleasant words, as such names are made; none is meant to be a real place. */
const placeWords = `
  春柳 云锦 文汇 青禾 长乐 永和 望岳 柳溪 荷塘 桐荫 松涛 竹韵 枫林 杏园 桃源 梅影 锦绣 瑞祥 清波 安泰
  康宁 福泽 宁远 祥和 泰兴 兴业 景明 晴川 霞光 云溪 书香 翰林 学府 知春 映月 听泉 流杉 银杏 丁香 石榴
  海棠 紫藤 白鹭 金桂 南苑 北苑 东篱 西园 新丰 裕华 丰泽 建安 光华 惠民 向阳 朝晖 凤栖 鹤鸣 雁归 芳草
  碧桐 长青 万和 百合 茂林 和畅 澄心 怡然 致远 明德 崇文 尚德 友谊 团结 胜利 和平 幸福 平安 利民 富强
  科苑 苗圃 砚池 棠梨 槐安 榆林里 柿园 枣林 稻香 麦香 渔歌 津渡 石桥 古井 塔影 钟楼里 磨坊 窑头 圩子 柳行
  晨光 金穗 长虹 曙光 旭日 紫薇 玉兰 木槿 蔷薇 月季 芙蓉 荷香 菊园 葵园 桑园 桑梓 桃李 梧桐 青松 翠柏
  白杨 红枫 绿苑 碧水 清溪 清风 和风 惠风 明月 星河 星光 瑞景 嘉禾 嘉园 嘉和 佳和 安居 乐居 康乐 康泰
  永安 永宁 泰和 兴隆 兴盛 兴华 振兴 新民 民生 民乐 为民 益民 育英 育才 文华 文昌里 博学 求实 创新里 锦程
  锦华 云帆 云岭 望湖 望山 听雨 听松 观澜 临溪 沁园 怡园 馨园 雅居里 静安里 仁和 仁义里 礼贤 诚信 敬业 勤学
`.trim().split(/\s+/)

const workplaces = [
  '纺织厂',
  '机床厂',
  '面粉厂',
  '铁路',
  '粮食局',
  '印刷厂',
  '化肥厂',
  '仪表厂',
  '第二建筑公司',
  '供销社',
  '钢窗厂',
  '棉纺厂',
  '运输公司',
  '木器厂',
]

/** Hands out words, each once. */
export interface NameBank {
  place: () => string
  workplace: () => string | undefined
}

export function createNames(random: Random): NameBank {
  const places = random.shuffle(placeWords)
  const works = random.shuffle(workplaces)
  let round = 0
  return {
    place: () => {
      if (places.length === 0)
        places.push(...random.shuffle(placeWords).map(word => `${['新', '大', '小', '上', '下'][round % 5]}${word}`), ...(round++, []))
      return places.pop()!
    },
    workplace: () => works.pop(),
  }
}

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文']
const given = [...'敏静丽强磊洋艳勇军杰娟涛明超秀霞平刚桂兰芳燕玲辉鹏华飞玉萍红鑫波斌宇浩凯健俊帆雪荣新利清梅琳建成林淑珍海岩晨曦思雨佳欣嘉怡博文']

/** An invented person's name; any likeness is chance. */
export function personName(random: Random): string {
  const first = random.pick(given)
  return random.pick(surnames) + first + (random.chance(0.62)
    ? random.pick(given.filter(c => c !== first))
    : '')
}

/** Made up, all in one block (1990000xxxx) by which they are told from real ones; nobody calls them. */
export function inventedPhone(random: Random): string {
  return `1990000${String(random.integer(0, 9999)).padStart(4, '0')}`
}

const numerals = [...'零一二三四五六七八九']

/** 1 to 99: 三, 十, 十二, 二十一. */
export function chineseNumeral(n: number): string {
  const tens = Math.floor(n / 10)
  const ones = n % 10
  return (tens > 1
    ? numerals[tens]!
    : '') + (tens > 0
    ? '十'
    : '') + (ones > 0
    ? numerals[ones]!
    : '')
}
