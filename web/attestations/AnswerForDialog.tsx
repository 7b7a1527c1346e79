import { Modal } from '@mantine/core'
import type { Ref } from '../../contract/action.ts'
import { type Attestation, attestations } from '../../contract/attestations.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { tellDone } from '../ui/told.ts'
import { AskList } from './AskList.tsx'

/** A coordinator answers for somebody, which is recorded as such. */
export function AnswerForDialog({
  campaign,
  person,
  onClose,
}: {
  campaign: Attestation
  person: Ref
  onClose: () => void
}) {
  const asked = useAsk(attestations.ask, { id: campaign.id, person: person.id })
  const act = useAct(attestations.answerFor, { onDone: () => tellDone(t('myCheck.saved')) })
  return (
    <Modal opened onClose={onClose} size="lg" title={t('attestation.answerForTitle', { name: person.name })}>
      <p className="soft" style={{ marginTop: 0 }}>
        {t('attestation.answerForHelp')}
      </p>
      <Asked question={asked}>
        {(ask) => (
          <AskList
            ask={ask}
            busy={act.isPending}
            error={act.error}
            onSay={(said, then) =>
              act.mutate({ id: campaign.id, person: person.id, ...said }, { onSuccess: () => then?.() })
            }
          />
        )}
      </Asked>
    </Modal>
  )
}
