import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** The server sends what is already compressed, so that a request costs no processor time. */
const compressed = (): Plugin => {
  let folder = ''
  return {
    name: 'linchpin-compressed',
    apply: 'build',
    configResolved: (config) => {
      folder = join(config.root, config.build.outDir, config.build.assetsDir)
    },
    closeBundle: async () => {
      for (const file of (await readdir(folder)).filter((name) => /\.(js|css)$/.test(name))) {
        const bytes = await readFile(join(folder, file))
        await writeFile(join(folder, `${file}.gz`), gzipSync(bytes, { level: 9 }))
        await writeFile(
          join(folder, `${file}.br`),
          brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
        )
      }
    },
  }
}

/** The server's policy is strict (script-src 'self'), so nothing may be inlined as script. */
export default defineConfig({
  root: 'web',
  plugins: [react(), compressed()],
  resolve: {
    alias: [{ find: /^zod$/, replacement: fileURLToPath(new URL('web/platform/schema-free.ts', import.meta.url)) }],
  },
  build: {
    outDir: '../dist/web',
    // /assets is where the register is
    assetsDir: 'built',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  // the server refuses writes of other sites, so it must see the host that the browser sees
  server: {
    proxy: { '/api': { target: process.env['LINCHPIN_URL'] ?? 'http://127.0.0.1:8080', changeOrigin: false } },
  },
})
