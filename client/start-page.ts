import type { Component } from 'vue'
import { createApp, watchEffect } from 'vue'
import { i18n } from './i18n/index.ts'
import './styles/tokens.css'
import './styles/base.css'

/** Mounts a screen: the texts, the language and the title of the document. `title` is the key of its name. */
export function startPage(screen: Component, title: string): void {
  const app = createApp(screen).use(i18n)
  watchEffect(() => {
    document.documentElement.lang = i18n.global.locale.value
    document.title = i18n.global.t(title)
  })
  app.mount('#app')
}
