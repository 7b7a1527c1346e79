import { Checkbox, Modal, Textarea } from '@mantine/core'
import { useState } from 'react'
import { type MajorIncident, majorIncidents } from '../../contract/major-incidents.ts'
import { useDraft } from '../platform/drafts.ts'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { fieldError, Form } from '../ui/Form.tsx'

/** Says how a major incident stands, that it is over, or what is told of it afterwards. What is typed is kept. */
export function TellDialog({
  incident,
  what,
  onClose,
}: {
  incident: MajorIncident
  what: 'update' | 'end' | 'report'
  onClose: () => void
}) {
  const [words, keep, drop] = useDraft(
    `major-incident:${incident.id}:${what}`,
    what === 'report' ? incident.report : '',
  )
  const [send, setSend] = useState(incident.reportSentAt === null)
  const done = {
    onDone: () => {
      drop()
      onClose()
    },
  }
  const update = useAct(majorIncidents.update, done)
  const end = useAct(majorIncidents.end, done)
  const report = useAct(majorIncidents.saveReport, done)
  const act = { update, end, report }[what]
  const given = { id: incident.id, version: incident.version }
  const submit = (): void => {
    if (what === 'report') report.mutate({ ...given, report: words, send })
    else if (what === 'update') update.mutate({ ...given, words })
    else end.mutate({ ...given, words })
  }
  return (
    <Modal opened onClose={onClose} title={t(`incident.verb.${what}`)} size="lg">
      <Form
        onSubmit={submit}
        verb={t(`incident.verb.${what === 'report' && send ? 'sendReport' : what}`)}
        busy={act.isPending}
        error={act.error}
        onCancel={onClose}
        disabled={words.trim().length < 3}
      >
        <Textarea
          label={t(`incident.words.${what}`)}
          description={t(`incident.wordsHelp.${what}`)}
          required
          data-autofocus
          autosize
          minRows={what === 'report' ? 12 : 4}
          maxRows={24}
          maxLength={what === 'report' ? 20_000 : 4000}
          value={words}
          error={fieldError(act.error, what === 'report' ? 'report' : 'words')}
          onChange={(event) => keep(event.currentTarget.value)}
        />
        {what === 'report' && (
          <Checkbox
            mt="sm"
            label={t('incident.sendReport')}
            checked={send}
            onChange={(event) => setSend(event.currentTarget.checked)}
          />
        )}
      </Form>
    </Modal>
  )
}
