import { Button, CopyButton, Group, TextInput } from '@mantine/core'
import { t } from '../platform/i18n.ts'

/** A signing secret, the one time it is shown. */
export function ShownSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <>
      <p>{t('webhooks.once')}</p>
      <TextInput
        readOnly
        aria-label={t('webhooks.secret')}
        value={secret}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group justify="flex-end" mt="md">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? 'state.copied' : 'keys.copy')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>{t('invite.done')}</Button>
      </Group>
    </>
  )
}
