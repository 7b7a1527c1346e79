import { Modal, Textarea } from '@mantine/core'
import { useState } from 'react'
import { type AlertSource, alertSources } from '../../contract/monitoring.ts'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { ReadAlerts } from './ReadAlerts.tsx'

/** What would be read from a message that somebody pastes; nothing is stored. */
export function TryMessage({ source, onClose }: { source: AlertSource; onClose: () => void }) {
  const [body, setBody] = useState('')
  const act = useAct(alertSources.explain)
  return (
    <Modal opened onClose={onClose} title={t('alertSources.try')} size="lg">
      <Form
        onSubmit={() => source.way !== 'own' && act.mutate({ way: source.way, mapping: source.mapping, body })}
        verb={t('alertSources.tryVerb')}
        busy={act.isPending}
        error={act.error}
        onCancel={onClose}
        disabled={body.trim() === ''}
      >
        <Textarea
          label={t('alertSources.message')}
          description={t('alertSources.messageHelp')}
          autosize
          minRows={6}
          maxRows={16}
          data-autofocus
          value={body}
          error={fieldError(act.error, 'body')}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <div aria-live="polite">
          {act.data !== undefined && (
            <ReadAlerts alerts={act.data.alerts} left={act.data.left.map(({ sentence }) => sentence)} />
          )}
        </div>
      </Form>
    </Modal>
  )
}
