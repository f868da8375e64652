import { createApp, watchEffect } from 'vue'
import { createI18n } from 'vue-i18n'
import * as cases from '../i18n/cases.ts'
import * as common from '../i18n/common.ts'
import * as duty from '../i18n/duty.ts'
import * as grid from '../i18n/grid.ts'
import { rememberedLanguage } from '../i18n/language.ts'
import * as report from '../i18n/report.ts'
import topics from '../i18n/topics.ts'
import '../styles/tokens.css'
import '../styles/base.css'
import '../report/report.css'
import Grid from './Grid.vue'
import { keepPage } from './keep-page.ts'

// Only the words of this page: it is a phone's, and none of the desk's widgets are in it.
const i18n = createI18n({
  legacy: false,
  locale: rememberedLanguage(),
  fallbackLocale: 'zh-CN',
  messages: {
    'zh-CN': {
      cases: cases.zh,
      common: common.zh,
      duty: duty.zh,
      grid: grid.zh,
      report: report.zh,
      topics: topics.zh,
    },
    'en': {
      cases: cases.en,
      common: common.en,
      duty: duty.en,
      grid: grid.en,
      report: report.en,
      topics: topics.en,
    },
  },
})

watchEffect(() => {
  document.documentElement.lang = i18n.global.locale.value
  document.title = i18n.global.t('grid.documentTitle')
})
createApp(Grid).use(i18n).mount('#app')
void keepPage().catch(() => {})
