/**
 * What the import accepts, as data: for every kind of table the fields, the headers under which they are met (Chinese and
 * English), and for fields with fixed values the words that mean them. GeoJSON properties are met by the same names.
 *
 * Headers are compared after `normaliseHeader`: case, spaces, `_`, `-` and a unit in brackets do not matter, so
 * "欠薪金额(万元)" meets `owedYuan`; the 万 in its unit multiplies by 10,000. `--map FIELD=COLUMN` goes before all of these.
 */

export type TableKind = 'regions' | 'population' | 'facilities' | 'renovation' | 'worksites' | 'cases' | 'officers' | 'addresses'

export interface Column {
  field: string
  /** most telling first: of two columns that mean one field the earlier header wins, the other fills its gaps */
  headers: string[]
  type: 'text' | 'integer' | 'number' | 'share' | 'date' | 'instant' | 'flag' | 'list' | 'choice'
  required?: true
  /** For `choice`: value → words. An exact word wins, else the longest word that the cell contains. */
  words?: Record<string, string[]>
}

const longitude: Column = {
  field: 'lng',
  type: 'number',
  headers: names('经度|lng|lon|longitude|long|x|x坐标|坐标x|位置经度|诉求经度'),
}
const latitude: Column = {
  field: 'lat',
  type: 'number',
  headers: names('纬度|lat|latitude|y|y坐标|坐标y|位置纬度|诉求纬度'),
}
const datum: Column = {
  field: 'datum',
  type: 'choice',
  headers: ['坐标系', '坐标系统', 'datum', 'crs', '坐标类型'],
  words: {
    wgs84: ['wgs84', 'wgs-84', 'epsg:4326', 'gps'],
    cgcs2000: names('cgcs2000|国家2000|2000国家大地坐标系|大地2000|epsg:4490'),
    gcj02: names('gcj02|gcj-02|火星|高德|腾讯|amap'),
    bd09: ['bd09', 'bd-09', '百度', 'baidu'],
  },
}
const community: Column = {
  field: 'community',
  type: 'text',
  headers: names('社区|所属社区|社区名称|社区(村)|社区/村|社区代码|村|community|communityCode|communityName'),
}
const grid: Column = {
  field: 'grid',
  type: 'text',
  headers: names('网格|责任网格|所属网格|网格编号|网格代码|网格名称|grid|gridCode|gridId'),
}
const identity: Column = {
  field: 'id',
  type: 'text',
  headers: names('编号|编码|代码|id|code|序列号|osm_id'),
}

const people: Column[] = [
  {
    field: 'households',
    type: 'integer',
    headers: names('户数|总户数|居民户数|households|householdCount'),
  },
  {
    field: 'population',
    type: 'integer',
    headers: names('人口|总人口|常住人口|人口数|人数|population|pop|people'),
  },
  {
    field: 'aged60',
    type: 'integer',
    headers: names('60岁及以上|60岁以上|60岁以上人口|60岁及以上人口|老年人口|老人数|60+|aged60|age60|pop60|over60'),
  },
  {
    field: 'aged70',
    type: 'integer',
    headers: names('70岁及以上|70岁以上|70岁以上人口|70+|aged70|age70|pop70|over70'),
  },
  {
    field: 'aged80',
    type: 'integer',
    headers: names('80岁及以上|80岁以上|80岁以上人口|80岁及以上人口|高龄老人|80+|aged80|age80|pop80|over80'),
  },
]

/** 'a|b' → ['a', 'b'] */
function names(list: string): string[] {
  return list.split('|')
}

export const columns: Record<TableKind, Column[]> = {
  /**
   * Polygon or MultiPolygon. Without a code one is made from the names (stable: the same names give the same code); without
   * a level it is told from the code's length, else from the name's ending or from the column that held the name.
   */
  regions: [
    {
      field: 'id',
      type: 'text',
      headers: names('网格编码|网格编号|网格代码|代码|编码|编号|区划代码|行政区划代码|统计代码|code|id|adcode|gridCode|regionCode|社区代码|街道代码'),
    },
    {
      field: 'name',
      type: 'text',
      headers: names('名称|名字|区域名称|name|name:zh|NAME_CHN'),
    },
    // One column a level, as boundary files have them: the finest that is filled names the region, the others where it lies.
    {
      field: 'ofProvince',
      type: 'text',
      headers: names('省|省份|省级|province|NAME_1'),
    },
    {
      field: 'ofCity',
      type: 'text',
      headers: names('市|地市|地级市|市级|city|NAME_2'),
    },
    {
      field: 'ofDistrict',
      type: 'text',
      headers: names('县|区|区县|县区|县级|district|county|NAME_3'),
    },
    {
      field: 'ofSubdistrict',
      type: 'text',
      headers: names('乡|街道|乡镇|街道名称|乡镇街道|镇街|乡级|subdistrict|township|NAME_4'),
    },
    {
      field: 'ofCommunity',
      type: 'text',
      headers: names('社区|社区名称|居委会|所属社区|community|communityName'),
    },
    {
      field: 'ofVillage',
      type: 'text',
      headers: names('村|行政村|村委会|village'),
    },
    {
      field: 'ofGrid',
      type: 'text',
      headers: names('网格|网格名称|grid|gridName'),
    },
    {
      field: 'level',
      type: 'choice',
      headers: names('级别|层级|类型|level|regionLevel'),
      words: {
        district: names('district|区|县|区县|县级|county'),
        subdistrict: names('subdistrict|街道|乡镇|镇|乡|街道办|乡级|township'),
        community: ['community', '社区', '居委会', '居民委员会'],
        village: ['village', '村', '村委会', '行政村'],
        grid: ['grid', '网格', '单元网格'],
      },
    },
    {
      field: 'parent',
      type: 'text',
      headers: names('上级|上级代码|父级|父级代码|所属|parent|parentCode|parent_id'),
    },
    ...people,
    {
      field: 'populationAsOf',
      type: 'text',
      headers: names('人口时点|统计时间|数据时间|人口截至|populationAsOf|population_as_of|asOf'),
    },
  ],

  /** One row or feature a building, a region, a point or a polygon; see population.ts for how counts are spread. */
  population: [
    {
      field: 'building',
      type: 'text',
      headers: names('楼栋|楼栋编号|楼栋ID|建筑编号|建筑ID|building|buildingId|building_id|osm_id|osmId|@id|way'),
    },
    {
      field: 'region',
      type: 'text',
      headers: names('区域代码|区划代码|社区代码|网格编号|网格代码|社区|社区名称|网格|街道|乡|村|region|regionCode|community|communityCode|grid|code'),
    },
    ...people,
    {
      field: 'units',
      type: 'integer',
      headers: names('单元数|单元|units|entrances|staircases'),
    },
    {
      field: 'floors',
      type: 'integer',
      headers: names('层数|楼层数|楼层|floors|levels|building:levels'),
    },
    {
      field: 'builtYear',
      type: 'integer',
      headers: names('建成年代|建成年份|建成年|建筑年代|builtYear|built_year|yearBuilt|start_date'),
    },
    {
      field: 'asOf',
      type: 'text',
      headers: names('统计时间|人口时点|数据时间|populationAsOf|asOf|as_of'),
    },
    longitude,
    latitude,
    datum,
  ],

  facilities: [
    {
      ...identity,
      headers: ['设施编号', ...identity.headers, 'facilityId'],
    },
    {
      field: 'name',
      type: 'text',
      required: true,
      headers: names('名称|设施名称|机构名称|站点名称|name|facility|facilityName'),
    },
    {
      field: 'kind',
      type: 'choice',
      headers: names('类型|设施类型|类别|机构类型|kind|type|facilityType'),
      words: {
        'comprehensive-centre': names('comprehensive-centre|comprehensive-center|综合养老服务中心|养老服务中心|综合服务中心|养老院|敬老院|nursing_home'),
        'day-care': names('day-care|day_care|日间照料|日间照料中心|幸福院|托老所|养老驿站|养老服务站'),
        'meals': names('meals|meal|助餐|助餐点|长者食堂|老年食堂|幸福食堂|社区食堂|canteen'),
        'clinic': names('clinic|卫生服务站|社区卫生服务站|卫生服务中心|社区卫生|卫生室|诊所|门诊'),
        'family-doctors': names('family-doctors|family-doctor|家庭医生|家庭医生团队|签约医生'),
      },
    },
    community,
    {
      field: 'open',
      type: 'flag',
      headers: names('是否开放|开放|营业|启用|状态|运营状态|open|isOpen|status'),
    },
    {
      field: 'floorArea',
      type: 'number',
      headers: names('建筑面积|面积|floorArea|floor_area|area'),
    },
    {
      field: 'capacity',
      type: 'integer',
      headers: names('床位|床位数|容量|服务人数|可容纳人数|capacity|beds|places'),
    },
    {
      field: 'hours',
      type: 'text',
      headers: names('开放时间|营业时间|服务时间|hours|openingHours|opening_hours'),
    },
    longitude,
    latitude,
    datum,
  ],

  renovation: [
    {
      ...identity,
      headers: [
        ...names('小区编号|项目编号'),
        ...identity.headers,
        ...names('zoneId'),
      ],
    },
    {
      field: 'name',
      type: 'text',
      required: true,
      headers: names('小区|小区名称|项目名称|名称|name|zone|compound'),
    },
    community,
    {
      field: 'batch',
      type: 'text',
      headers: ['批次', '改造批次', '年度批次', 'batch'],
    },
    {
      field: 'stage',
      type: 'choice',
      headers: names('阶段|改造阶段|进展阶段|状态|stage|phase'),
      words: {
        survey: ['survey', '摸底', '摸底调查'],
        application: ['application', '申报', '立项'],
        consent: ['consent', '意愿', '意愿征集', '征求意见'],
        publication: names('publication|方案公示|公示|方案设计|方案'),
        tender: ['tender', '招标', '招投标'],
        construction: names('construction|施工|施工中|改造中|在建|开工'),
        acceptance: ['acceptance', '验收', '竣工', '完工'],
        handover: ['handover', '移交'],
        upkeep: ['upkeep', '长效管理', '长效', '管护'],
      },
    },
    {
      field: 'progress',
      type: 'share',
      headers: names('进度|形象进度|完成进度|完成率|progress'),
    },
    {
      field: 'buildings',
      type: 'integer',
      headers: names('栋数|楼栋数|楼栋|buildings|buildingCount'),
    },
    {
      field: 'households',
      type: 'integer',
      headers: ['户数', '居民户数', '涉及户数', 'households'],
    },
    {
      field: 'floorArea',
      type: 'number',
      headers: names('建筑面积|改造面积|面积|floorArea|floor_area'),
    },
    {
      field: 'builtYear',
      type: 'integer',
      headers: names('建成年代|建成年份|建成时间|builtYear|built_year'),
    },
    {
      field: 'owner',
      type: 'text',
      headers: ['产权单位', '产权', 'owner'],
    },
    {
      field: 'contractor',
      type: 'text',
      headers: ['施工单位', '施工方', '承建单位', 'contractor'],
    },
    {
      field: 'designer',
      type: 'text',
      headers: ['设计单位', 'designer'],
    },
    {
      field: 'supervisor',
      type: 'text',
      headers: ['监理单位', '监理', 'supervisor'],
    },
    {
      field: 'propertyCompany',
      type: 'text',
      headers: names('物业公司|物业|物业服务企业|物业单位|propertyCompany|property_company'),
    },
    {
      field: 'consentRate',
      type: 'share',
      headers: names('同意率|居民同意率|consentRate|consent_rate'),
    },
    {
      field: 'fundsYuan',
      type: 'number',
      headers: names('资金|总投资|投资|投资额|改造资金|fundsYuan|funds|funds_yuan'),
    },
    {
      field: 'planStart',
      type: 'date',
      headers: names('计划开工|计划开工日期|计划开始|planStart|plan_start'),
    },
    {
      field: 'planEnd',
      type: 'date',
      headers: names('计划竣工|计划完工|计划竣工日期|计划结束|planEnd|plan_end'),
    },
    {
      field: 'realStart',
      type: 'date',
      headers: names('实际开工|开工日期|实际开工日期|realStart|real_start'),
    },
    {
      field: 'realEnd',
      type: 'date',
      headers: names('实际竣工|竣工日期|实际竣工日期|完工日期|realEnd|real_end'),
    },
    {
      field: 'warrantyEnd',
      type: 'date',
      headers: names('质保到期|质保期至|质保到期日|warrantyEnd|warranty_end'),
    },
    {
      field: 'openLeftovers',
      type: 'integer',
      headers: names('遗留问题|遗留问题数|未销号问题|openLeftovers|open_leftovers'),
    },
  ],

  worksites: [
    {
      ...identity,
      headers: [
        ...names('工地编号|项目编号'),
        ...identity.headers,
        ...names('worksiteId'),
      ],
    },
    {
      field: 'name',
      type: 'text',
      required: true,
      headers: names('项目名称|工地|工地名称|工程名称|名称|name|worksite|project'),
    },
    community,
    {
      field: 'developer',
      type: 'text',
      headers: ['建设单位', '开发商', '业主单位', 'developer'],
    },
    {
      field: 'generalContractor',
      type: 'text',
      headers: names('总包|总包单位|施工总承包|总承包单位|施工单位|generalContractor|general_contractor|contractor'),
    },
    {
      field: 'subcontractor',
      type: 'text',
      headers: names('分包|分包单位|劳务公司|劳务分包|subcontractor'),
    },
    {
      field: 'owedYuan',
      type: 'number',
      headers: names('欠薪金额|拖欠金额|欠薪|欠薪额|owedYuan|owed_yuan|owed|amount'),
    },
    {
      field: 'owedPeople',
      type: 'integer',
      headers: names('欠薪人数|涉及人数|被欠薪人数|owedPeople|owed_people|people'),
    },
    {
      field: 'owedSince',
      type: 'date',
      headers: names('欠薪起始|欠薪开始|拖欠起始|欠薪起始日期|欠薪日期|owedSince|owed_since'),
    },
    {
      field: 'workers',
      type: 'integer',
      headers: names('在册人数|工人数|实名制人数|农民工人数|考勤人数|workers|attendees'),
    },
    {
      field: 'payees',
      type: 'integer',
      headers: names('发薪人数|代发人数|上月发薪人数|payees|paid'),
    },
    {
      field: 'warning',
      type: 'choice',
      headers: ['预警', '预警等级', '预警级别', 'warning'],
      words: {
        none: ['none', '无', '正常', '绿'],
        yellow: ['yellow', '黄', '黄色'],
        red: ['red', '红', '红色'],
      },
    },
    {
      field: 'dispute',
      type: 'flag',
      headers: ['争议', '劳动争议', '诉讼', '是否争议', 'dispute'],
    },
    longitude,
    latitude,
    datum,
  ],

  cases: [
    {
      field: 'sourceRef',
      type: 'text',
      headers: names('工单编号|工单号|受理编号|诉求编号|案件编号|编号|流水号|sourceRef|ServiceRequestNum|SRRecordID|service_request_id|caseNumber|case_id|id|unique_key'),
    },
    {
      field: 'content',
      type: 'text',
      required: true,
      headers: names('诉求内容|内容|工单内容|问题描述|反映内容|事项描述|描述|content|description|complaint|SRType|标题|工单标题|title'),
    },
    {
      field: 'kind',
      type: 'choice',
      headers: names('类别|诉求类别|诉求类型|问题类型|问题分类|事项分类|分类|工单分类|kind|category'),
      words: {
        'renovation': names('renovation|老旧改造|老旧小区|旧改|小区改造'),
        'wages': names('wages|欠薪|拖欠工资|讨薪|农民工工资|劳动报酬'),
        'elder-care': ['elder-care', '养老', '助餐', '老年人', '敬老'],
        'property': ['property', '物业'],
        'utilities': names('utilities|水电气热|供水|供电|供热|供暖|供气|燃气|停水|停电|暖气'),
        'sanitation': names('sanitation|环卫|垃圾|环境卫生|保洁|市容'),
        'noise': ['noise', '噪声', '噪音', '扰民'],
        'traffic': ['traffic', '交通停车', '交通', '停车', '道路'],
        'safety': ['safety', '安全', '治安', '消防'],
        'medical': ['medical', '医疗', '卫生服务', '医院', '医保'],
        'education': ['education', '教育', '学校', '入学'],
        'culture': ['culture', '文体', '文化', '体育', '旅游'],
        'enterprise': ['enterprise', '企业', '营商'],
        'other': ['other', '其他', '其它'],
      },
    },
    {
      field: 'source',
      type: 'choice',
      headers: names('来源|诉求来源|受理渠道|渠道|来源渠道|source|channel|MethodReceived'),
      words: {
        hotline: names('hotline|12345|热线|市民热线|电话|phone'),
        qr: ['qr', '码上提', '二维码', '扫码'],
        grid: ['grid', '网格', '网格员'],
        visit: ['visit', '走访', '入户', '入户走访'],
        meeting: ['meeting', '座谈', '座谈会'],
        inspection: ['inspection', '暗访', '督查', '巡查'],
        wechat: ['wechat', '微信', '微信群'],
        enterprise: ['enterprise', '企业'],
      },
    },
    {
      field: 'urgency',
      type: 'choice',
      headers: names('紧急程度|紧急|紧急级别|优先级|urgency|priority'),
      words: {
        emergency: ['emergency', '特急', '危急', '突发'],
        urgent: ['urgent', '紧急', '加急', '急'],
        normal: ['normal', '一般', '普通', '正常'],
      },
    },
    {
      field: 'status',
      type: 'choice',
      headers: names('状态|工单状态|办理状态|处理状态|status|SRStatus|caseStatus'),
      words: {
        'registered': names('registered|受理|已受理|待派单|待受理|新建|new|open'),
        'dispatched': ['dispatched', '已派单', '待签收', '派单'],
        'accepted': ['accepted', '已签收', '签收'],
        'in-progress': names('in-progress|办理中|处理中|处置中|in progress|pending'),
        'resolved': ['resolved', '已办结', '待回访', '办结'],
        'reopened': ['reopened', '重办', '回退'],
        'suspended': ['suspended', '挂账'],
        'closed': names('closed|已销号|销号|已回访|已结案|结案|已完成'),
        'archived': ['archived', '归档', '已归档'],
      },
    },
    {
      field: 'address',
      type: 'text',
      headers: names('地址|详细地址|诉求地址|发生地址|事发地址|事发地点|位置|address|location|incidentAddress|Address'),
    },
    {
      field: 'reportedAt',
      type: 'instant',
      headers: names('反映时间|受理时间|来电时间|诉求时间|登记时间|创建时间|上报时间|时间|日期|reportedAt|CreatedDate|created_at|created|openDate|requested_datetime|date'),
    },
    {
      field: 'dueAt',
      type: 'instant',
      headers: names('截止时间|办理期限|办结时限|到期时间|处置时限|dueAt|DueDate|due|expected_datetime'),
    },
    {
      field: 'closedAt',
      type: 'instant',
      headers: names('办结时间|结案时间|完成时间|归档时间|closedAt|CloseDate|closed_at|closedDate'),
    },
    {
      field: 'contactName',
      type: 'text',
      headers: names('联系人|诉求人|反映人|姓名|来电人|市民姓名|contactName|contact|name'),
    },
    {
      field: 'contactPhone',
      type: 'text',
      headers: names('联系电话|电话|手机|手机号|来电号码|联系方式|contactPhone|phone|mobile'),
    },
    {
      field: 'satisfied',
      type: 'flag',
      headers: names('是否满意|满意度|满意|回访结果|评价|satisfied'),
    },
    {
      field: 'solved',
      type: 'flag',
      headers: names('是否解决|解决情况|问题是否解决|是否真解决|solved'),
    },
    {
      field: 'supervised',
      type: 'flag',
      headers: ['督办', '是否督办', 'supervised'],
    },
    longitude,
    latitude,
    datum,
  ],

  addresses: [
    {
      ...identity,
      headers: [
        ...names('地址编码|标准地址编码|地址编号'),
        ...identity.headers.filter(header => header !== 'osm_id'), // of the house, below
        ...names('addressId'),
      ],
    },
    {
      field: 'compound',
      type: 'text',
      headers: names('小区|小区名称|院落|compound|estate'),
    },
    {
      field: 'building',
      type: 'text',
      headers: names('楼栋|楼栋号|楼号|楼牌号|栋|building|house'),
    },
    {
      field: 'unit',
      type: 'text',
      headers: names('单元|单元号|unit|staircase'),
    },
    {
      field: 'road',
      type: 'text',
      headers: names('路名|道路|街路巷|街道名|道路名称|road|street|addr:street'),
    },
    {
      field: 'number',
      type: 'text',
      headers: names('门牌号|门牌|路牌号|number|housenumber|addr:housenumber'),
    },
    {
      field: 'landmark',
      type: 'text',
      headers: names('地标|标志物|地名|单位名称|landmark|poi|name'),
    },
    {
      field: 'full',
      type: 'text',
      headers: names('标准地址|详细地址|地址全称|地址|address|fullAddress|addr:full'),
    },
    {
      field: 'aliases',
      type: 'list',
      headers: names('别名|俗称|曾用名|aliases|alias'),
    },
    {
      field: 'buildingId',
      type: 'integer',
      headers: names('建筑编号|建筑ID|buildingId|building_id|osm_id'),
    },
    longitude,
    latitude,
    datum,
  ],

  officers: [
    {
      ...identity,
      headers: [
        ...names('工号|人员编号|网格员编号'),
        ...identity.headers,
        ...names('officerId|staffNo'),
      ],
    },
    {
      field: 'name',
      type: 'text',
      required: true,
      headers: names('姓名|网格员|网格员姓名|人员姓名|名称|name|officer'),
    },
    {
      field: 'phone',
      type: 'text',
      headers: names('电话|手机|手机号|联系电话|phone|mobile'),
    },
    community,
    grid,
    {
      field: 'duty',
      type: 'choice',
      headers: names('在岗|在岗状态|值班|值班状态|状态|duty|status'),
      words: {
        on: names('on|在岗|上岗|值班|是|yes|true|1'),
        off: names('off|离岗|休息|下班|不在岗|否|no|false|0'),
      },
    },
    {
      field: 'skills',
      type: 'list',
      headers: ['技能', '专长', '特长', '擅长', 'skills'],
    },
    longitude,
    latitude,
    datum,
  ],
}

/** "欠薪金额（万元） " → "欠薪金额", "Created_Date" → "createddate". */
export function normaliseHeader(header: string): string {
  const plain = header.normalize('NFKC').replace(/[\uFEFF\u200B]/g, '').trim().toLowerCase()
  const withoutUnit = plain.replace(/\((?:[㎡人户栋%个张天度]|m2|m²|平方米|平米|万?元|亿元|必填|选填|yyyy[^)]*)\)$/, '')
  return withoutUnit.replace(/[\s_\-*:：]+/g, '')
}

/** What the unit in a header multiplies by: 万元 → 10,000. */
export function factorOfHeader(header: string): number {
  const unit = /\(([^)]*)\)\s*$/.exec(header.normalize('NFKC'))?.[1] ?? ''
  if (unit.includes('亿'))
    return 1e8
  return unit.includes('万')
    ? 1e4
    : 1
}
