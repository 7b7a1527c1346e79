import type { Config } from '../platform/config.ts'
import type { FileContents } from './content.ts'
import { LocalContents } from './local-contents.ts'
import { ObjectContents } from './object-contents.ts'

/** Where LINCHPIN_FILES says: an object store, or a folder (all nodes must see the same one). */
export const openContents = ({ dataDir, files }: Pick<Config, 'dataDir' | 'files'>): FileContents =>
  files.kind === 'folder' ? new LocalContents(files.path) : new ObjectContents(files, dataDir)
