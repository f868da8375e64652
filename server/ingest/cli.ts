import type { ImportSummary } from './import-request.ts'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import process from 'node:process'
import { CannotStart } from '../cannot-start.ts'
import { readRulebook } from '../cases/rules-file.ts'
import { readConfig } from '../config.ts'
import { runUntilStopped } from '../lifecycle.ts'
import { openForCommand } from '../open-for-command.ts'
import { openPersonalData } from '../open-personal-data.ts'
import { readArguments } from './cli/arguments.ts'
import { detectFormat } from './cli/detect-format.ts'
import { RejectsFile } from './cli/rejects-file.ts'
import { showProgress } from './cli/show-progress.ts'
import { UnusableInput } from './import-request.ts'
import { checkFormat, runImport } from './run-import.ts'

/** `npm run import`: exit code 0 when it ran, rejected rows or not; 1 when nothing could be used or the call was wrong. */
runUntilStopped(async (lifecycle) => {
  const { kind, dryRun, crs, map, ...given } = readArguments(process.argv.slice(2))
  const file = resolve(process.env.INIT_CWD ?? '.', given.file)
  const { size, firstBytes } = await look(file)
  const format = detectFormat(file, firstBytes)
  try {
    checkFormat({ kind, format, crs })
    const config = readConfig()
    const sql = await openForCommand(config, lifecycle, 'import')
    const rejects = new RejectsFile(file, format === 'csv' || format === 'xlsx')
    const progress = showProgress(size)
    const begun = performance.now()
    lifecycle.onStop('progress', progress.end)
    const summary = await runImport({
      sql,
      kind,
      format,
      input: () => createReadStream(file),
      crs,
      map,
      dryRun,
      personal: await openPersonalData(config),
      rulebook: readRulebook(config.caseRules),
      onProgress: progress.update,
      onReject: reject => rejects.write(reject),
    })
    progress.end()
    report(summary, rejects.close(), dryRun, (performance.now() - begun) / 1000)
  }
  catch (error) {
    throw error instanceof UnusableInput
      ? new CannotStart(error.message)
      : error
  }
  process.kill(process.pid, 'SIGTERM')
})

async function look(file: string): Promise<{ size: number, firstBytes: Uint8Array }> {
  try {
    const handle = await open(file)
    try {
      const stat = await handle.stat()
      if (stat.isDirectory())
        throw new CannotStart(`${file} 是文件夹 · ${file} is a folder, not a file.`)
      const { buffer, bytesRead } = await handle.read({
        buffer: new Uint8Array(4096),
        position: 0,
      })
      return {
        size: stat.size,
        firstBytes: buffer.subarray(0, bytesRead),
      }
    }
    finally {
      await handle.close()
    }
  }
  catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT')
      throw new CannotStart(`没有这个文件 · There is no file ${file}.`)
    if (code === 'EACCES' || code === 'EPERM')
      throw new CannotStart(`没有读取权限 · ${file} may not be read.`)
    throw error
  }
}

function report({ created, updated, unchanged, rejected, unlocated, notes }: ImportSummary, rejects: { path: string, isElsewhere: boolean } | null, dryRun: boolean, seconds: number): void {
  for (const note of notes)
    console.log(`· ${note}`)
  if (unlocated)
    console.log(`· 未定位 unlocated ${unlocated}`)
  if (rejects)
    console.log(`· 拒绝的行及原因 · rejected rows and why: ${rejects.path}${rejects.isElsewhere ? '（原文件夹不可写 · the folder of the input cannot be written to）' : ''}`)
  if (dryRun)
    console.log('· 试运行，未写入 · dry run: nothing was written')
  console.log(`新增 created ${created} / 更新 updated ${updated} / 未变 unchanged ${unchanged} / 拒绝 rejected ${rejected} · ${seconds.toFixed(1)} s`)
  if (rejected > 0 && created + updated + unchanged === 0)
    throw new CannotStart('没有一行可用 · Not one row could be used.')
}
