import { link, rename } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { serversAtWork } from '../../../db/queries/sealed-columns.ts'
import { keyFor, loadSecret } from '../../access/keys.ts'
import { CannotStart } from '../../cannot-start.ts'
import { readConfig } from '../../config.ts'
import { runUntilStopped } from '../../lifecycle.ts'
import { openForCommand } from '../../open-for-command.ts'
import { loadKey } from '../key-file.ts'
import { loadPersonalDataKey } from '../personal-data-key.ts'
import { personalData } from '../personal-data.ts'
import { rotateKey } from './rotate-key.ts'

const usage = '用法 · Usage: npm run keys -- rotate'

/**
 * `npm run keys -- rotate`: seals personal data with a new key. Where the key lies in DATA_DIR, the new one is made there and takes
 * the place of the old, which stays beside it for backups; where it comes from PERSONAL_DATA_KEY, the new one comes from
 * PERSONAL_DATA_KEY_NEW. Broken off, it is called again.
 */
runUntilStopped(async (lifecycle) => {
  if (process.argv.slice(2).join(' ') !== 'rotate')
    throw new CannotStart(usage)
  const config = readConfig()
  const { dataDir, personalDataKey } = config
  const fresh = process.env.PERSONAL_DATA_KEY_NEW?.trim()
  if (personalDataKey && !fresh)
    throw new CannotStart('密钥来自 PERSONAL_DATA_KEY，请用 PERSONAL_DATA_KEY_NEW 给出新密钥 · The key comes from PERSONAL_DATA_KEY: give the new one in PERSONAL_DATA_KEY_NEW (openssl rand -hex 32).')
  const from = personalData(await loadPersonalDataKey({ fromEnvironment: personalDataKey ?? undefined, dataDir }))

  const sql = await openForCommand(config, lifecycle, 'keys')
  if (await serversAtWork(sql) > 0)
    throw new CannotStart('请先停止所有服务进程：它们还在用旧密钥 · Stop every server on this database first: they know the old key only.')
  const to = personalData(await loadKey({
    fromEnvironment: personalDataKey ? fresh : null,
    variable: 'PERSONAL_DATA_KEY_NEW',
    dataDir,
    file: 'personal-data.key.new',
  }))
  if (to.fingerprint === from.fingerprint)
    throw new CannotStart('新旧密钥相同 · The new key is the old one.')
  const { renewed, already, unreadable } = await rotateKey({
    sql,
    auditKey: keyFor(await loadSecret(config), 'audit'),
    from,
    to,
  })
  if (!personalDataKey)
    await replaceKeyFile(dataDir, from.fingerprint)
  console.log(`重新加密 renewed ${renewed} / 已是新密钥 already ${already} / 无法解密 unreadable ${unreadable}`)
  console.log(personalDataKey
    ? '现在请把 PERSONAL_DATA_KEY 设为新密钥再启动 · Now set PERSONAL_DATA_KEY to the new key, and start.'
    : `旧密钥留作旧备份之用 · The old key is kept for old backups: personal-data.key.${from.fingerprint}`)
  lifecycle.end()
})

/** In one step: there is a key under the usual name at every moment. */
async function replaceKeyFile(dataDir: string, fingerprint: string): Promise<void> {
  const path = join(dataDir, 'personal-data.key')
  await link(path, `${path}.${fingerprint}`).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST')
      throw error
  })
  await rename(`${path}.new`, path)
}
