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
  warning: { none: '正常', yellow: '黄色预警', red: '红色预警' },
  warningMark: { none: '', yellow: '黄', red: '红' },
  rate: {
    facilities: '设施：有在营设施的社区',
    space: '面积：每百户养老用房',
    people: '人口：圈内 60 岁以上',
  },
  rateShort: { facilities: '设施', space: '面积', people: '人口' },
  units: { communities: '个社区', m2Per100: 'm²/百户', people: '人' },
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
  warning: { none: 'Normal', yellow: 'Yellow warning', red: 'Red warning' },
  warningMark: { none: '', yellow: 'Y', red: 'R' },
  rate: {
    facilities: 'Facilities: communities with one',
    space: 'Space: m² per 100 homes',
    people: 'People aged 60+ in reach',
  },
  rateShort: { facilities: 'Facilities', space: 'Space', people: 'People' },
  units: { communities: 'communities', m2Per100: 'm²/100 homes', people: 'people' },
}
