/** Words of what stands on the ground: renovation zones, worksites, care facilities. */
export const zh = {
  renovationStage: {
    survey: '摸底',
    application: '申报',
    consent: '意愿',
    publication: '方案公示',
    tender: '招标',
    construction: '施工',
    acceptance: '验收',
    handover: '移交',
    upkeep: '长效管理',
  },
  careKind: {
    'comprehensive-centre': '综合养老服务中心',
    'day-care': '日间照料中心',
    'meals': '助餐点',
    'clinic': '卫生服务站',
    'family-doctors': '家庭医生团队',
  },
  warning: { yellow: '黄色预警', red: '红色预警' },
  rate: {
    facilities: '设施：有设施的社区',
    space: '面积：每百户对标准',
    people: '人口：60 岁以上可达',
  },
  rateUnit: { facilities: '个社区', space: '平方米/百户', people: '人' },
  rateShort: { facilities: '设施', space: '面积', people: '人口' },
}

export const en: typeof zh = {
  renovationStage: {
    survey: 'Survey',
    application: 'Application',
    consent: 'Consent',
    publication: 'Plan posted',
    tender: 'Tender',
    construction: 'Works',
    acceptance: 'Acceptance',
    handover: 'Handover',
    upkeep: 'Upkeep',
  },
  careKind: {
    'comprehensive-centre': 'Care centre',
    'day-care': 'Day care',
    'meals': 'Meals',
    'clinic': 'Clinic',
    'family-doctors': 'Family doctors',
  },
  warning: { yellow: 'Yellow warning', red: 'Red warning' },
  rate: {
    facilities: 'Facilities: communities',
    space: 'Space: against standard',
    people: 'People: 60+ in reach',
  },
  rateUnit: { facilities: 'communities', space: 'm² per 100 homes', people: 'people' },
  rateShort: { facilities: 'Facilities', space: 'Space', people: 'People' },
}
