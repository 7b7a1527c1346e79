import { deflateSync, inflateSync } from 'node:zlib'
import { agentKeys } from '../../contract/discovery.ts'
import type { TestServer } from './server.ts'

/** A machine as FusionInventory tells of it, of our own invention. */
export interface Machine {
  sentId?: string
  name?: string
  serial?: string | null
  uuid?: string | null
  mac?: string
  programs?: [name: string, version: string][]
  memoryMb?: number
  client?: string
  more?: string
}

export const reportOf = ({
  sentId = 'pc-2026-01-05-09-00-00',
  name = 'pc-4711',
  serial = 'SN-4711',
  uuid = '4c4c4544-0034-3010-8048-b6c04f503799',
  mac = '3c:52:82:11:22:33',
  programs = [],
  memoryMb = 16384,
  client = 'FusionInventory-Agent_v2.6-3',
  more = '',
}: Machine): string => `<?xml version="1.0" encoding="UTF-8" ?>
<REQUEST><CONTENT>
<ACCESSLOG><LOGDATE>${new Date().toISOString()}</LOGDATE></ACCESSLOG>
<BIOS><SMANUFACTURER>Dell Inc.</SMANUFACTURER><SMODEL>Latitude 7440</SMODEL>${serial === null ? '' : `<SSN>${serial}</SSN>`}</BIOS>
<HARDWARE><NAME>${name}</NAME>${uuid === null ? '' : `<UUID>${uuid}</UUID>`}<MEMORY>${memoryMb}</MEMORY></HARDWARE>
<NETWORKS><DESCRIPTION>Ethernet</DESCRIPTION><IPADDRESS>10.1.2.3</IPADDRESS><MACADDR>${mac}</MACADDR><TYPE>ethernet</TYPE><VIRTUALDEV>0</VIRTUALDEV></NETWORKS>
<OPERATINGSYSTEM><NAME>Windows</NAME><VERSION>10.0.22631</VERSION><FULL_NAME>Microsoft Windows 11 Pro</FULL_NAME></OPERATINGSYSTEM>
${programs.map(([title, version]) => `<SOFTWARES><NAME>${title}</NAME><VERSION>${version}</VERSION><PUBLISHER>Acme &amp; Sons</PUBLISHER><FROM>registry</FROM><INSTALLDATE>05/01/2026</INSTALLDATE></SOFTWARES>`).join('\n')}
${more}<VERSIONCLIENT>${client}</VERSIONCLIENT>
</CONTENT><DEVICEID>${sentId}</DEVICEID><QUERY>INVENTORY</QUERY></REQUEST>`

export interface Sent {
  status: number
  type: string
  headers: Headers
  /** As the agent reads it, inflated where it was packed. */
  text: string
}

/** Speaks to the endpoint of agents as one of them does. */
export function agentOf(
  server: TestServer,
  key: string | null,
  given: { userAgent?: string; type?: string; path?: string; headers?: Record<string, string> } = {},
) {
  const type = given.type ?? 'application/x-compress-zlib'
  return async (body: string | Buffer, more: Record<string, string> = {}): Promise<Sent> => {
    const answer = await fetch(`${server.base}${given.path ?? '/inventory'}`, {
      method: 'POST',
      headers: {
        'content-type': type,
        'user-agent': given.userAgent ?? 'FusionInventory-Agent_v2.6-3',
        ...(key === null ? {} : { authorization: `Basic ${Buffer.from(`agent:${key}`).toString('base64')}` }),
        ...given.headers,
        ...more,
      },
      body: new Uint8Array(/compress/.test(type) && typeof body === 'string' ? deflateSync(body) : Buffer.from(body)),
    })
    const bytes = Buffer.from(await answer.arrayBuffer())
    const sentType = answer.headers.get('content-type') ?? ''
    return {
      status: answer.status,
      type: sentType,
      headers: answer.headers,
      text: (/compress/.test(sentType) ? inflateSync(bytes) : bytes).toString('utf8'),
    }
  }
}

export const newAgentKey = async (server: TestServer): Promise<{ id: string; key: string }> => {
  const { client } = await server.key('coordinator')
  return client(agentKeys.create, { name: 'Head office' })
}
