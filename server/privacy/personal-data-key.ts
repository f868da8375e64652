import { loadKey } from './key-file.ts'

/**
 * The 32 bytes that personal data is encrypted with: from PERSONAL_DATA_KEY (64 hex digits or base64), else from
 * DATA_DIR/personal-data.key, which is made at the first start and readable by its owner only. Whoever loses it loses
 * the contacts, and nothing else.
 */
export function loadPersonalDataKey({ fromEnvironment, dataDir }: { fromEnvironment?: string | undefined, dataDir: string }): Promise<Buffer> {
  return loadKey({
    fromEnvironment,
    variable: 'PERSONAL_DATA_KEY',
    dataDir,
    file: 'personal-data.key',
  })
}
