import { createRequire } from 'node:module'

export interface S3Server {
  run(): Promise<{ port: number }>
  close(): Promise<void>
}

/** An S3-compatible store of its own on a free port, with a bucket `files`, kept in a folder. Its credentials are S3RVER, S3RVER. */
export function objectStore(directory: string): S3Server {
  const S3rver = createRequire(import.meta.url)('s3rver') as new (options: object) => S3Server
  return new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: 'files', configs: [] }],
  })
}
