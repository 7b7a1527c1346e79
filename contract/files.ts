import { z } from 'zod'
import { id } from './action.ts'

/** Answer of `POST /api/v1/files` (multipart, field `file`). The file belongs to nobody's record until something names its id. */
export const uploadedFile = z.object({ id, name: z.string(), type: z.string(), size: z.int() })
export type UploadedFile = z.output<typeof uploadedFile>

/** Largest upload in bytes. */
export const largestFile = 200 * 1024 * 1024
