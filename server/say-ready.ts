import type { Config } from './config.ts'
import process from 'node:process'
import { stage } from './launch/stage.mjs'

const pages = [
  ['/wall', '大屏 · wall'],
  ['/duty', '值班 · duty desk'],
  ['/plan', '养老规划 · elder-care planning'],
  ['/docs', '接口 · API'],
]

/** Where to look, for whoever started it. */
export function sayReady(url: string, { host }: Config, isDemo: boolean): void {
  stage(`就绪 · Ready: ${url}${isDemo ? '  （演示数据 · demo data）' : ''}`)
  for (const [path, name] of pages)
    process.stdout.write(`          ${url}${path}  ${name}\n`)
  if (!/^(?:127\.|localhost$|::1$)/.test(host))
    process.stdout.write(`          HOST ${host}: 登录功能完成前只接受本机访问 · until there is sign-in only this machine is let in\n`)
  process.stdout.write('          Ctrl-C 停止 · stops everything\n')
}
