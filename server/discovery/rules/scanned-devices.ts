import { entriesOf, isTree, type Tree, treeOf } from './values.ts'

/** The network devices that a scan in XML found, in the form of GLPI. */
export function scannedDevices(content: Tree): Tree[] {
  return entriesOf(content['device']).map((device) => {
    const info = isTree(device['info']) ? device['info'] : device
    const { ports, components, firmwares } = device
    return {
      network_device: { ...info, ips: treeOf(info['ips'])['ip'] ?? info['ip'] },
      network_ports: ports === undefined ? undefined : portsOf(treeOf(ports)['port']),
      network_components: components === undefined ? undefined : entriesOf(treeOf(components)['component']),
      firmwares,
    }
  })
}

const portsOf = (ports: unknown): Tree[] =>
  entriesOf(ports).map((port) => ({
    ...port,
    ips: treeOf(port['ips'])['ip'],
    vlans: treeOf(port['vlans'])['vlan'],
    connections: treeOf(port['connections'])['connection'],
  }))
