import { createApp, watchEffect } from 'vue'
import { createI18n } from 'vue-i18n'
import * as cases from '../i18n/cases.ts'
import * as common from '../i18n/common.ts'
import { rememberedLanguage } from '../i18n/language.ts'
import * as report from '../i18n/report.ts'
import '../styles/tokens.css'
import '../styles/base.css'
import './report.css'
import Report from './Report.vue'

// Only the words of this page: it must come up on a cheap phone and a slow line.
const i18n = createI18n({
  legacy: false,
  locale: rememberedLanguage(),
  fallbackLocale: 'zh-CN',
  messages: {
    'zh-CN': { cases: cases.zh, common: common.zh, report: report.zh },
    'en': { cases: cases.en, common: common.en, report: report.en },
  },
})

watchEffect(() => {
  document.documentElement.lang = i18n.global.locale.value
  document.title = i18n.global.t('report.documentTitle')
})
createApp(Report).use(i18n).mount('#app')
