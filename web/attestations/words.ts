import type { Attestation } from '../../contract/attestations.ts'
import { t } from '../platform/i18n.ts'

/** Whom a campaign asks. */
export const askedWords = ({ asked }: Attestation): string =>
  t(`attestations.asked.${asked.kind}`, { words: asked.words })
