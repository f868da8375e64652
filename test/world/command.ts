import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import process from 'node:process'

/** `output`: both streams */
export interface CommandResult { code: number | null, output: string, lastLine: string }

/** A command of package.json as a process of its own: `const user = command('access/user', { DATABASE_URL: url, DATA_DIR: folder })`. */
export function command(folder: string, environment: Record<string, string>): (...args: string[]) => Promise<CommandResult> {
  return async (...args) => {
    const child = spawn(process.execPath, [
      join(import.meta.dirname, '../../server', folder, 'cli.ts'),
      ...args,
    ], {
      cwd: environment.DATA_DIR,
      env: {
        ...process.env,
        INIT_CWD: environment.DATA_DIR,
        LOG_LEVEL: 'warn',
        ...environment,
      },
    })
    let output = ''
    child.stdout.on('data', chunk => output += chunk)
    child.stderr.on('data', chunk => output += chunk)
    const [code] = await once(child, 'close')
    return {
      code: code as number | null,
      output,
      lastLine: output.trim().split('\n').at(-1)!,
    }
  }
}
