import type { Sql } from '../../db/connect.ts'

/**
 * So many made-up cases, as a ledger of three years has them: most are archived, the open ones are recent, communities differ in
 * size, a grid worker works in one community, renovation cases lie in zones, words range from everyday to rare. By SQL, in batches.
 */
export async function fillCases(sql: Sql, from: number, to: number): Promise<void> {
  const batch = 20_000
  for (let first = from; first < to; first += batch)
    await fillBatch(sql, first, Math.min(to, first + batch) - 1)
}

const kinds = [
  'property',
  'noise',
  'traffic',
  'sanitation',
  'utilities',
  'renovation',
  'other',
  'wages',
  'safety',
  'elder-care',
  'enterprise',
  'medical',
  'education',
  'culture',
]
const sources = [
  'hotline',
  'grid',
  'qr',
  'wechat',
  'visit',
  'meeting',
  'enterprise',
  'inspection',
]
const places = [
  '甸柳新村',
  '文化东路',
  '历山花园',
  '燕子山庄',
  '和平新区',
  '泺源小区',
  '佛山苑',
  '中创开元山庄',
  '环山小区',
  '棋盘街',
  '姚家庄',
  '羊头峪',
  '窑头大沟',
  '科院路',
  '解放路',
  '青龙后街',
  '永大颐和园',
  '名士豪庭',
  '燕文小区',
  '山大路',
]
const matters = [
  '楼道照明损坏多日无人维修',
  '夜间施工噪声扰民影响休息',
  '小区垃圾未及时清运气味难闻',
  '路边违停占用消防通道',
  '供暖温度不达标老人怕冷',
  '自来水管漏水路面积水',
  '电梯停运上下楼困难',
  '外墙保温层脱落有安全隐患',
  '楼上装修敲打',
  '广场舞音响声音过大',
  '下水道堵塞污水外溢',
  '改造后屋面渗漏',
  '工地拖欠工资三个月',
  '停车费收取不合理',
  '路灯不亮夜间出行不便',
  '井盖缺失',
  '燃气泄漏气味很重',
  '助餐点停业',
  '流浪犬伤人',
  '共享单车乱停放',
]
const details = [
  '请尽快处理',
  '多次反映没有结果',
  '希望社区协调',
  '已拨打物业电话无人接听',
  '老人行动不便',
  '孩子上学经过很危险',
  '雨天更严重',
  '要求书面答复',
  '影响整栋楼居民',
  '请回电',
  '望街道重视',
  '昨天开始',
  '持续一周',
  '业主群里反映强烈',
  '施工单位已撤场',
  '维修基金不足',
]
const rare = [
  '鹦鹉',
  '锅炉房',
  '化粪池',
  '无人机',
  '变压器',
  '蝙蝠',
  '光伏板',
  '充电桩',
  '马蜂窝',
  '地下室',
]

/** Case `n` of a million was reported `n` minutes and a half after the first one; the last 3 % are mostly open. */
async function fillBatch(sql: Sql, first: number, last: number): Promise<void> {
  await sql`select setseed(${(first % 9973) / 9973})`
  await sql`
    with dice as materialized (
      select n, random() as a, random() as b, random() as c, random() as d, random() as e, random() as f, random() as g, random() as h
      from generate_series(${first}::int, ${last}::int) as n
    ), drawn as (
      select *,
        timestamptz '2023-11-24T00:00:00Z' + n * interval '94 seconds' as reported,
        (1 + floor(14 * b * b))::int as kind_number,
        (1 + floor(18 * a * sqrt(a)))::int as community_number,
        n > 1000000 - 45000 and e < 0.6 or e < 0.004 as is_open
      from dice
    )
    insert into cases (
      subdistrict, id, source_ref, kind, source, status, urgency, topic, content, address, location, community, grid, compound, zone, worksite,
      assignee, reported_at, term, due_at, closed_at, supervised, satisfied, called_back_at, dissatisfied_in_row, contact_phone_hash, updated_at)
    select '990101001',
      'GD' || to_char(reported at time zone 'Asia/Shanghai', 'YYMMDD') || lpad((n % 10000)::text, 4, '0') || '-' || n,
      'JN' || lpad(n::text, 8, '0'),
      (${kinds}::text[])[kind_number],
      (${sources}::text[])[1 + floor(8 * c * c * c)::int],
      case
        when is_open then (array['registered', 'dispatched', 'accepted', 'in-progress', 'in-progress', 'resolved', 'reopened', 'suspended', 'return-requested', 'extension-requested'])[1 + floor(10 * f)::int]
        when f < 0.85 then 'archived' when f < 0.95 then 'closed' else 'merged' end,
      case when d < 0.005 then 'emergency' when d < 0.08 then 'urgent' else 'normal' end,
      'unspecified',
      (${places}::text[])[1 + floor(20 * g)::int] || (1 + floor(40 * h))::int || '号楼' || (1 + floor(6 * f))::int || '单元' || (${matters}::text[])[1 + floor(20 * b)::int]
        || '，' || (${details}::text[])[1 + floor(16 * c)::int] || case when d > 0.999 then '，' || (${rare}::text[])[1 + floor(10 * e)::int] else '' end,
      (${places}::text[])[1 + floor(20 * g)::int] || (1 + floor(40 * h))::int || '号楼',
      case when h < 0.97 then point(117 + a * 0.04, 36.6 + b * 0.04) end,
      case when h < 0.97 then '990101001' || lpad(community_number::text, 3, '0') end,
      case when h < 0.97 then '990101001' || lpad(community_number::text, 3, '0') || lpad((1 + floor(9 * g))::text, 3, '0') end,
      case when h < 0.8 then 100000 + community_number * 100 + floor(12 * g)::int end,
      case when kind_number = 6 then 'zone-' || community_number end,
      case when kind_number = 8 then 'site-' || (1 + floor(15 * g))::int end,
      case when is_open and f < 0.1 then null else 'G' || lpad((community_number * 3 + floor(3 * d))::text, 3, '0') end,
      reported, 'general', reported + case when d < 0.005 then interval '2 hours' when d < 0.08 then interval '1 day' else interval '7 days' end,
      case when not is_open then reported + c * interval '9 days' end,
      g < 0.01,
      case when is_open then null else e > 0.12 end,
      case when is_open then null else reported + c * interval '10 days' end,
      case when e < 0.01 then 2 when e < 0.12 then 1 else 0 end,
      md5((n / 7)::text),
      reported + c * interval '10 days'
    from drawn`
}
