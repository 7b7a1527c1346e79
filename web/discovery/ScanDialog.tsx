import { Modal, NumberInput, PasswordInput, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type SnmpAccess, snmpScans } from '../../contract/snmp-scans.ts'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { tellDone } from '../ui/told.ts'

type V3 = Extract<SnmpAccess, { protocol: '3' }>
const authentications: readonly V3['authentication'][] = ['sha', 'sha256', 'sha512', 'md5']
const privacies: readonly V3['privacy'][] = ['aes', 'aes256r', 'des']

/** A network to look through, and what opens it. */
export function ScanDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [networks, setNetworks] = useState('')
  const [port, setPort] = useState<number | string>(161)
  const [everyHours, setEveryHours] = useState<number | string>(24)
  const [protocol, setProtocol] = useState<SnmpAccess['protocol']>('2c')
  const [community, setCommunity] = useState('')
  const [locked, setLocked] = useState<Omit<V3, 'protocol'>>({
    user: '',
    authentication: 'sha',
    authenticationKey: '',
    privacy: 'aes',
    privacyKey: '',
  })
  const create = useAct(snmpScans.create, {
    onDone: () => {
      tellDone(t('scans.started'))
      onClose()
    },
  })
  const access: SnmpAccess = protocol === '2c' ? { protocol, community } : { protocol, ...locked }
  const error = (path: string) => fieldError(create.error, path)
  return (
    <Modal opened onClose={onClose} title={t('scans.add')}>
      <Form
        onSubmit={() =>
          create.mutate({
            name,
            networks,
            port: Number(port),
            access,
            everyHours: everyHours === '' ? null : Number(everyHours),
          })
        }
        verb={t('scans.add')}
        busy={create.isPending}
        error={create.error}
        onCancel={onClose}
        disabled={name.trim() === '' || networks.trim() === ''}
      >
        <Stack gap="sm">
          <TextInput
            label={t('scans.name')}
            required
            data-autofocus
            value={name}
            error={error('name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('scans.networks')}
            description={t('scans.networksHelp')}
            placeholder="10.20.0.0/24, 10.20.1.7"
            required
            value={networks}
            error={error('networks')}
            onChange={(event) => setNetworks(event.currentTarget.value)}
          />
          <NumberInput
            label={t('scans.port')}
            min={1}
            max={65535}
            value={port}
            onChange={setPort}
            error={error('port')}
          />
          <NumberInput
            label={t('scans.everyLabel')}
            description={t('scans.everyHelp')}
            min={1}
            max={720}
            value={everyHours}
            onChange={setEveryHours}
            error={error('everyHours')}
          />
          <Select
            label={t('scans.protocol')}
            data={(['2c', '3'] as const).map((value) => ({ value, label: t(`scans.protocol.${value}`) }))}
            value={protocol}
            allowDeselect={false}
            onChange={(next) => setProtocol(next ?? '2c')}
          />
          {protocol === '2c' ? (
            <PasswordInput
              label={t('scans.community')}
              autoComplete="off"
              value={community}
              error={error('access.community')}
              onChange={(event) => setCommunity(event.currentTarget.value)}
            />
          ) : (
            <>
              <TextInput
                label={t('scans.user')}
                value={locked.user}
                error={error('access.user')}
                onChange={(event) => setLocked({ ...locked, user: event.currentTarget.value })}
              />
              <Select
                label={t('scans.authentication')}
                data={authentications.map((value) => ({ value, label: value.toUpperCase() }))}
                value={locked.authentication}
                allowDeselect={false}
                onChange={(next) => setLocked({ ...locked, authentication: next ?? 'sha' })}
              />
              <PasswordInput
                label={t('scans.authenticationKey')}
                autoComplete="off"
                value={locked.authenticationKey}
                error={error('access.authenticationKey')}
                onChange={(event) => setLocked({ ...locked, authenticationKey: event.currentTarget.value })}
              />
              <Select
                label={t('scans.privacy')}
                data={privacies.map((value) => ({ value, label: value.toUpperCase() }))}
                value={locked.privacy}
                allowDeselect={false}
                onChange={(next) => setLocked({ ...locked, privacy: next ?? 'aes' })}
              />
              <PasswordInput
                label={t('scans.privacyKey')}
                autoComplete="off"
                value={locked.privacyKey}
                error={error('access.privacyKey')}
                onChange={(event) => setLocked({ ...locked, privacyKey: event.currentTarget.value })}
              />
            </>
          )}
        </Stack>
      </Form>
    </Modal>
  )
}
