import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The server sends a strict policy (script-src 'self'), so nothing may be inlined as script. */
export default defineConfig({
  root: 'web',
  plugins: [react()],
  resolve: { alias: [{ find: /^zod$/, replacement: fileURLToPath(new URL('web/platform/schema-free.ts', import.meta.url)) }] },
  build: { outDir: '../dist/web', emptyOutDir: true, target: 'es2023', modulePreload: { polyfill: false }, reportCompressedSize: false },
  server: { proxy: { '/api': process.env['LINCHPIN_URL'] ?? 'http://127.0.0.1:8080' } },
})
