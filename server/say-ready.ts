import type { Config } from './config.ts'
import type { DemoAccounts } from './demo/demo-accounts.ts'
import process from 'node:process'
import { stage } from './launch/stage.mjs'

const pages = [
  ['/wall', '大屏 · wall'],
  ['/duty', '值班 · duty desk'],
  ['/plan', '养老规划 · elder-care planning'],
  ['/docs', '接口 · API'],
]

/** Where to look, for whoever started it. */
export function sayReady(url: string, { host, publicOrigin }: Config, demo: DemoAccounts | null): void {
  stage(`就绪 · Ready: ${url}${demo ? '  （演示数据 · demo data）' : ''}`)
  for (const [path, name] of pages)
    process.stdout.write(`          ${url}${path}  ${name}\n`)
  if (demo)
    process.stdout.write(`          登录 · sign in: ${demo.names.join(' ')}  密码 · password: ${demo.password}\n`)
  else
    process.stdout.write('          新建账号 · make an account: npm run user -- add NAME --role admin\n')
  if (!/^(?:127\.|localhost$|::1$)/.test(host) && !publicOrigin?.startsWith('https://'))
    process.stdout.write(`          HOST ${host}: 对外服务请置于 TLS 之后并设置 PUBLIC_ORIGIN · put it behind TLS and set PUBLIC_ORIGIN\n`)
  process.stdout.write('          Ctrl-C 停止 · stops everything\n')
}
