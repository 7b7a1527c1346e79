/** What people ask for: a branch of the category tree each, with words to make tickets of. */
export interface DemoSubject {
  category: [branch: string, leaf: string]
  queue: string
  kind: 'incident' | 'request'
  /** How often it comes, against the others. */
  weight: number
  vendor?: string
  titles: string[]
  descriptions: string[]
  /** What IT asks or says on the way, and what is answered. */
  exchanges: [it: string, requester: string][]
  notes: string[]
  resolutions: string[]
}

export const subjects: DemoSubject[] = [
  {
    category: ['Workplace', 'Laptop'],
    queue: 'Workplace',
    kind: 'incident',
    weight: 9,
    vendor: 'Hanse Hardware',
    titles: [
      'Laptop does not wake up from sleep',
      'Battery lasts half an hour',
      'Fan runs at full speed all day',
      'Keyboard: the letter E sticks',
      'Blue screen after the last update',
      'Laptop does not charge at the dock',
    ],
    descriptions: [
      '<p>It began this week. I have restarted it twice, that helps for an hour or so.</p>',
      '<p>What I tried so far:</p><ul><li>restarted</li><li>another power supply</li><li>without the dock</li></ul><p>Nothing changes.</p>',
      '<p>I am at the customer on Thursday and need it by then.</p>',
    ],
    exchanges: [
      [
        '<p>Could you send the service tag? It is on the underside, seven characters.</p>',
        '<p>It says <code>7KQ41X3</code>.</p>',
      ],
      [
        '<p>Please leave it plugged in over lunch, we are installing new firmware.</p>',
        '<p>Done, it restarted by itself at one.</p>',
      ],
    ],
    notes: [
      '<p>Same batch as the three from March. Order of spare batteries is running.</p>',
      '<p>Still under warranty until October.</p>',
    ],
    resolutions: [
      '<p>Battery exchanged, firmware brought up to date. Please say if it happens again.</p>',
      '<p>Replaced by a loan device; yours is with the manufacturer.</p>',
    ],
  },
  {
    category: ['Workplace', 'Printing'],
    queue: 'Workplace',
    kind: 'incident',
    weight: 7,
    vendor: 'Baltic Print Services',
    titles: [
      'Printer on the second floor jams',
      'Labels print in the wrong size',
      'Scans do not arrive by mail',
      'Colours are pale on all pages',
      'Badge is not recognised at the printer',
    ],
    descriptions: [
      '<p>The display says <em>jam in tray 3</em>, but there is no paper in it.</p>',
      '<p>Since this morning, for everybody in the hall.</p>',
    ],
    exchanges: [['<p>Is the error number 13.20 or 13.23?</p>', '<p>13.20.05 it says.</p>']],
    notes: ['<p>Roller is worn. Baltic Print brings one; they come to Bremerhaven on Wednesdays.</p>'],
    resolutions: [
      '<p>Roller exchanged. A hundred pages printed without a jam.</p>',
      '<p>The size of the tray was set to Letter. It is A4 again and locked.</p>',
    ],
  },
  {
    category: ['Network', 'VPN'],
    queue: 'Network',
    kind: 'incident',
    weight: 5,
    titles: [
      'VPN drops every few minutes',
      'No connection from home',
      'VPN asks for the code again and again',
      'Very slow through VPN',
    ],
    descriptions: [
      '<p>I am connected, and after two or three minutes everything hangs.</p>',
      '<p>Worked yesterday. The client says <code>negotiation timed out</code>.</p>',
    ],
    exchanges: [
      [
        '<p>Which provider do you have at home, and does it work through the phone’s hotspot?</p>',
        '<p>Through the hotspot it works.</p>',
      ],
    ],
    notes: ['<p>Gateway 2 answers late; compare the graphs of last night.</p>'],
    resolutions: [
      '<p>Your connection goes through the other gateway now.</p>',
      '<p>Client updated; the old one could not do the new keys.</p>',
    ],
  },
  {
    category: ['Network', 'Wireless'],
    queue: 'Network',
    kind: 'incident',
    weight: 4,
    vendor: 'Nordlys Telecom',
    titles: [
      'No wireless in the calibration laboratory',
      'Guest network does not hand out codes',
      'Scanners in the warehouse lose the network',
    ],
    descriptions: ['<p>Everywhere else it works. The scanners beep and we have to walk to the door.</p>'],
    exchanges: [
      ['<p>Since when, and in which aisle is it worst?</p>', '<p>Since the new shelves are there. Aisle 4 and 5.</p>'],
    ],
    notes: ['<p>Steel shelves in front of AP-GD-11. Measured −82 dBm.</p>'],
    resolutions: ['<p>Access point moved above the aisle, signal is fine in all of them.</p>'],
  },
  {
    category: ['Servers', 'File shares'],
    queue: 'Servers and storage',
    kind: 'incident',
    weight: 4,
    titles: [
      'Drawing folder is read-only',
      'File restored from backup, please',
      'Share is full',
      'Saving takes minutes',
    ],
    descriptions: [
      '<p>I deleted <code>Buoy-300/rev-C</code> by mistake on Tuesday. Can it come back?</p>',
      '<p>We cannot save drawings any more, all of us.</p>',
    ],
    exchanges: [
      [
        '<p>When did you last see it there? Then we know which night to look at.</p>',
        '<p>Monday evening, for sure.</p>',
      ],
    ],
    notes: ['<p>Volume at 97 %. Old revisions could go to the archive, ask Engineering.</p>'],
    resolutions: [
      '<p>Restored as of Monday night into <code>rev-C-restored</code>.</p>',
      '<p>200 GB added, and the nightly report warns at 85 % from now on.</p>',
    ],
  },
  {
    category: ['Applications', 'ERP'],
    queue: 'Business applications',
    kind: 'incident',
    weight: 8,
    titles: [
      'Delivery note cannot be posted',
      'Wrong tax code on Norwegian invoices',
      'ERP is slow at month end',
      'Order confirmation is sent twice',
      'Stock shows minus three',
    ],
    descriptions: [
      '<p>Order 4500112, position 20. The message is <em>period not open</em>.</p>',
      '<p>Steps:</p><ol><li>open the order</li><li>post the delivery</li><li>the error appears</li></ol><p>A colleague has the same.</p>',
    ],
    exchanges: [['<p>Is it only with orders from last month?</p>', '<p>Yes, all from the 28th on.</p>']],
    notes: [
      '<p>Looks like the period was closed a day early. Finance agrees to reopen it until noon.</p>',
      '<p>Similar to last year, see the <a href="https://wiki.halvorsen-marine.example/erp/periods">notes on periods</a>.</p>',
    ],
    resolutions: [
      '<p>Period reopened, the delivery note is posted.</p>',
      '<p>Tax code corrected for all new invoices; eleven old ones are listed for Finance.</p>',
    ],
  },
  {
    category: ['Applications', 'Laboratory system'],
    queue: 'Business applications',
    kind: 'incident',
    weight: 4,
    vendor: 'Kalibra Software',
    titles: [
      'Certificate prints without signature',
      'Measuring bench 4 sends nothing',
      'Calibration series is locked by a colleague on leave',
    ],
    descriptions: ['<p>Certificate 2231 comes out blank where the signature should be. The customer waits for it.</p>'],
    exchanges: [
      ['<p>Does the preview show the signature?</p>', '<p>In the preview it is there, on paper it is not.</p>'],
    ],
    notes: ['<p>Kalibra knows it: KL-3391, fixed in 8.4.2.</p>'],
    resolutions: ['<p>Patch 8.4.2 is in. Certificates carry the signature again.</p>'],
  },
  {
    category: ['Access', 'Accounts'],
    queue: 'Identity and access',
    kind: 'incident',
    weight: 6,
    titles: [
      'Locked out after the holidays',
      'New phone: no codes any more',
      'Badge does not open hall 2',
      'Name changed after wedding',
    ],
    descriptions: ['<p>Three times the wrong password, sorry.</p>', '<p>I have a new phone and cannot get a code.</p>'],
    exchanges: [
      ['<p>We call you back on the number we have, to be sure it is you.</p>', '<p>Thanks, that was quick.</p>'],
    ],
    notes: ['<p>Identity checked by phone.</p>'],
    resolutions: ['<p>Unlocked. The second factor is on the new phone.</p>'],
  },
  {
    category: ['Access', 'Permissions'],
    queue: 'Identity and access',
    kind: 'request',
    weight: 6,
    titles: [
      'Read access to the sales dashboard',
      'Add me to the mailbox of Quality',
      'Access to the drawing archive for a contractor',
      'Remove access of a former intern',
    ],
    descriptions: [
      '<p>For the audit in two weeks. My manager agrees and is in copy.</p>',
      '<p>Until the end of the project is enough.</p>',
    ],
    exchanges: [['<p>Who owns that folder? We ask for a yes before we open it.</p>', '<p>Frida in Engineering.</p>']],
    notes: ['<p>Owner said yes by mail. Ends by itself in three months.</p>'],
    resolutions: ['<p>You are in the group; sign out and in once.</p>'],
  },
  {
    category: ['Workplace', 'Equipment'],
    queue: 'Procurement desk',
    kind: 'request',
    weight: 6,
    vendor: 'Hanse Hardware',
    titles: [
      'Second screen for desk 2.14',
      'Headset for a new colleague',
      'Loan laptop for the trade fair',
      'Docking station for Gdańsk',
      'Adjustable desk lamp with camera',
    ],
    descriptions: [
      '<p>What we need:</p><ul><li>27 inch screen</li><li>cable, 2 m</li><li>arm for the desk</li></ul><p>Cost centre as usual.</p>',
    ],
    exchanges: [
      ['<p>We have one from stock, or a new one in two weeks. Which do you prefer?</p>', '<p>From stock is fine.</p>'],
    ],
    notes: ['<p>Four screens left in the cellar.</p>'],
    resolutions: ['<p>It stands on your desk.</p>', '<p>Handed over, signed for.</p>'],
  },
  {
    category: ['Workplace', 'Meeting rooms'],
    queue: 'Service desk',
    kind: 'incident',
    weight: 4,
    titles: ['No sound in room Kattegat', 'Screen in room Skagen stays black', 'Booking panel shows yesterday'],
    descriptions: ['<p>The customer sits in there at ten. Please come by.</p>'],
    exchanges: [['<p>Is the green light on the bar on?</p>', '<p>No light at all.</p>']],
    notes: ['<p>The cable again. We should have it fixed to the table.</p>'],
    resolutions: ['<p>Cable exchanged and tied down.</p>'],
  },
  {
    category: ['Workplace', 'Software'],
    queue: 'Service desk',
    kind: 'request',
    weight: 6,
    titles: [
      'Install the drawing viewer',
      'PDF editor for Quality',
      'Newer version of the statistics package',
      'Second language for the spelling check',
    ],
    descriptions: [
      '<p>My colleague has it, I need it for the same reports.</p>',
      '<p>See <a href="https://intranet.halvorsen-marine.example/software">the list of allowed software</a>, number 41.</p>',
    ],
    exchanges: [['<p>There is one licence left. Until when do you need it?</p>', '<p>For good, I am afraid.</p>']],
    notes: ['<p>Licences: 24 of 25 in use.</p>'],
    resolutions: ['<p>It is in your software centre, one click.</p>'],
  },
]

/** Matters that few may see. */
export const confidentialSubject: DemoSubject = {
  category: ['People', 'Payroll'],
  queue: 'HR systems',
  kind: 'incident',
  weight: 1,
  vendor: 'PeopleLine Payroll',
  titles: [
    'Salary paid twice to one person',
    'Time sheet of a colleague on sick leave',
    'Access to a personnel file after a complaint',
    'Account to be closed on the day of a dismissal',
    'Garnishment is missing from the pay slip',
    'Parental leave calculated wrongly',
  ],
  descriptions: [
    '<p>Please treat this as confidential. Details by phone only.</p>',
    '<p>It concerns the pay slip of last month. The person knows.</p>',
  ],
  exchanges: [['<p>Which month, and may we involve PeopleLine?</p>', '<p>Last month; yes, but without the name.</p>']],
  notes: ['<p>Spoke with the head of HR. Nothing of this goes into a mail.</p>'],
  resolutions: ['<p>Corrected with the next run. The person has been told.</p>'],
}
