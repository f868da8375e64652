import antfu from '@antfu/eslint-config'

export default antfu({
  type: 'app',
  typescript: true,
  vue: true,
  markdown: false,
  ignores: [
    // A folder of ours, not a report of the test runner.
    '!**/coverage',
    'dist',
    'data',
    'docs',
    'bench/results.json',
    'client/public',
  ],
  rules: {
    'no-console': 'error',
    'ts/explicit-function-return-type': 'off',
    'node/prefer-global/process': 'off',
    'node/prefer-global/buffer': 'off',
    'antfu/no-top-level-await': 'off',
    'perfectionist/sort-imports': 'off',
    'test/prefer-lowercase-title': 'off',
    'antfu/if-newline': 'error',
    'ts/consistent-type-definitions': 'off',
    // A schema and the type inferred from it share one name.
    'ts/no-redeclare': 'off',
    'style/max-statements-per-line': 'off',
  },
}, {
  // Commands speak to the terminal.
  files: [
    '**/cli.ts',
    'bench/**',
    'test/*.mjs',
    'server/launch.mjs',
    'test/setup/*.mjs',
    'test/screenshots.ts',
  ],
  rules: { 'no-console': 'off' },
})
