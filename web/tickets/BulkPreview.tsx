import { Button, Group, Modal } from '@mantine/core'
import type { Answer } from '../../contract/action.ts'
import type { ticketBulkEdits } from '../../contract/ticket-bulk-edits.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { FailureNote } from '../ui/Form.tsx'

interface Props {
  preview: Answer<typeof ticketBulkEdits.preview>
  busy: boolean
  error: unknown
  onStart: () => void
  onClose: () => void
}

/** How many tickets are touched, and which are left as they are and why. */
export function BulkPreview({ preview, busy, error, onStart, onClose }: Props) {
  const { matched, allowed, refused, tooMany } = preview
  return (
    <Modal opened onClose={onClose} title={t('bulkEdit.previewTitle', { n: matched })}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy && !tooMany && allowed > 0) onStart()
        }}
      >
        <p style={{ margin: 0 }} role="status">
          {tooMany ? t('bulkEdit.tooMany') : t('bulkEdit.preview', { matched, allowed })}
        </p>
        {!tooMany && refused.length > 0 && (
          <>
            <p style={{ margin: '8px 0 0' }}>{t('bulkEdit.previewRefused')}</p>
            <ul style={{ margin: '4px 0', paddingInlineStart: 18 }}>
              {refused.map(({ why, n }) => (
                <li key={why}>
                  <span className="figures">{number(n)}</span> · {why}
                </li>
              ))}
            </ul>
          </>
        )}
        {!tooMany && <p className="soft">{t('bulkEdit.background')}</p>}
        <FailureNote error={error} />
        <Group mt="md" gap="xs">
          <Button type="submit" data-autofocus loading={busy} disabled={tooMany || allowed === 0}>
            {t('bulkEdit.start', { n: allowed })}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
