export const deployments = {
  'deployments.rehost.title': 'Move to a New Host',
  'deployments.rehost.lead': 'The key of the old host is withdrawn and the new host gets its own, at once.',
  'deployments.rehost.from': 'Which host does it move from?',
  'deployments.rehost.is_temporary': '{quantity}; temporary until a request is decided, cannot be moved',
  'deployments.rehost.quantity': 'Quantity to move',
  'deployments.rehost.quantity_hint':
    'Leave it empty to move all. What stays keeps working on the old host with a new key.',
  'deployments.rehost.reason': 'Why is one more move needed?',
  'deployments.rehost.reason_hint': 'Whoever decides reads this: what happened to the old host, and since when.',
  'deployments.rehost.removed': 'The license is removed from the old host, or will be right now',
  'deployments.rehost.confirm_required': 'Confirm that the license is removed from the old host',
  'deployments.rehost.happens.revoked':
    'The old host’s key is withdrawn at once and put on the public revocation list.',
  'deployments.rehost.happens.new': 'The new host gets its key at once.',
  'deployments.rehost.happens.counted':
    'It uses one move: {left, plural, =0 {none is left after it} one {one is left after it} other {# are left after it}}.',
  'deployments.rehost.happens.request': 'A request is opened; the vendor decides and you get an e-mail.',
  'deployments.rehost.happens.temporary':
    'The new host gets a temporary key for {days} days at once, extended until the request is decided.',
  'deployments.rehost.happens.refused':
    'If the request is refused, the old host gets its key back and the temporary key ends.',
  'deployments.rehost.happens.mail': 'Technical contacts and administrators get an e-mail.',
  'deployments.rehost.submit': 'Move now',
  'deployments.rehost.submit_over': 'Request the move and get a temporary key',

  'deployments.allowance.used':
    '{used, number} of {allowed, plural, one {# move} other {# moves}} in {months, plural, one {one month} other {# months}} used',
  'deployments.allowance.next': 'The next becomes free on {day}.',
  'deployments.allowance.over':
    'You can still move now: the vendor is asked for one more move, and the new host gets a temporary key at once.',

  'deployments.deploy.title': 'Deploy to a Further Host',
  'deployments.deploy.lead':
    'Gives one more host part of the quantity that no host uses yet. It does not count as a move.',
  'deployments.deploy.quantity': 'Quantity for this host',
  'deployments.deploy.quantity_hint': 'Leave it empty to use all that is left: {left}.',
  'deployments.deploy.happens.new': 'The host gets its key at once; the keys of other hosts stay as they are.',
  'deployments.deploy.submit': 'Deploy now',
  'deployments.deploy.link': 'Deploy to a further host instead',

  'deployments.split.title': 'Split Quantity',
  'deployments.split.lead': 'Part of the quantity becomes a license of its own, with a new serial number.',
  'deployments.split.hosts': 'Hosts that go along',
  'deployments.split.hosts_hint':
    'A host goes along with all it has, so that no host stands under two licenses. To divide one, move part of it to another host first.',
  'deployments.split.quantity': 'Quantity for the new license',
  'deployments.split.quantity_hint': 'From 1 to {most}; {serial} keeps the rest.',
  'deployments.split.free': 'Quantity without a host that goes along',
  'deployments.split.free_hint': 'No host uses {left} yet.',
  'deployments.split.happens.serial':
    'The new license has the same product, dates, maintenance, owner, address and contacts, and names the one it came from.',
  'deployments.split.happens.keys_all':
    'The keys of both are made anew; the old one is superseded. Install both new ones.',
  'deployments.split.happens.keys_hosts':
    'Hosts that go along get new keys under the new serial number; the other hosts keep theirs.',
  'deployments.split.happens.moves': 'Moves used up so far count for both licenses.',
  'deployments.split.happens.undo': 'Two licenses cannot be joined again.',
  'deployments.split.submit': 'Split now',

  'deployments.return.title': 'Return',
  'deployments.return.lead':
    'Gives the license back, so that it can be registered again by whoever holds its serial number.',
  'deployments.return.happens.keys': 'All its keys are withdrawn at once; the software stops at its next check.',
  'deployments.return.happens.owner':
    '{organization} owns it no more and sees it no more; contacts and answers are removed.',
  'deployments.return.happens.register': 'Anyone who holds the serial number can register it, also you.',
  'deployments.return.happens.counted': 'It has a key bound to a host, so this uses one of its moves to a new host.',
  'deployments.return.serial': 'Type the serial number to confirm',
  'deployments.return.not_typed': 'Type {serial} exactly as it is',
  'deployments.return.submit': 'Return this license',
  'deployments.return.done': '{serial} was returned. It can be registered again with its serial number.',

  'deployments.reissue.title': 'Reissue File',
  'deployments.reissue.lead': 'Makes the keys of this license anew with what holds today.',
  'deployments.reissue.company': 'Registered to',
  'deployments.reissue.maintenance': 'Maintenance until',
  'deployments.reissue.happens.anew':
    '{count, plural, one {Its key is} other {Its # keys are}} made anew with the facts above; the old {count, plural, one {one is} other {ones are}} superseded.',
  'deployments.reissue.happens.install': 'Install the new ones wherever the old ones are.',
  'deployments.reissue.submit': 'Reissue now',
  'deployments.reissue.too_often': 'This license had its keys made anew ten times within a day. Try again tomorrow.',

  'deployments.done.rehost': 'The license was moved',
  'deployments.done.request': 'Your request is with the vendor',
  'deployments.done.deploy': 'The host has its key',
  'deployments.done.split': 'The license was split',
  'deployments.done.reissue': 'The keys were made anew',
  'deployments.done.rehost.text':
    'Install the new key on the new host. Where the old host keeps a part, install its new key there, too.',
  'deployments.done.request.text':
    'Install the temporary key on the new host; it works until {day}. Request {number} waits for the vendor: you get an e-mail, and the key is extended until then.',
  'deployments.done.deploy.text': 'Install this key on the host.',
  'deployments.done.split.text':
    'This is the new license. It came from {from}. Where keys were made anew, install the new ones; the old ones are superseded.',
  'deployments.done.reissue.text': 'Install these keys wherever the old ones are; those are superseded.',
  'deployments.done.keys': 'New keys',
  'deployments.done.no_keys': 'No key had to be made',
  'deployments.done.open': 'Open the license',
  'deployments.done.open_from': 'Open {serial}',
  'deployments.done.open_request': 'Open the request',
  'deployments.done.until': 'Valid until',
  'deployments.done.key': 'License key',
  'deployments.done.host': 'Host',

  'deployments.what_happens': 'What happens when you press the button',
  'deployments.changed':
    'This license was changed meanwhile, in another tab or by a colleague; nothing was done. What you see now is how it stands: check it, then press the button again.',
  'deployments.host_in_use':
    'This host has a key of this license already. Choose another, or wait until the open request is decided',
  'deployments.same_host': 'This is the host that it is on already',
  'deployments.quantity_wrong': 'Enter a quantity from 1 to what there is',
  'deployments.nothing_left': 'Something must stay with this license: leave at least 1',
  'deployments.nothing_chosen': 'Choose what goes along: a host, or a quantity',
  'deployments.unknown_key': 'This host has another key by now. Choose again',

  'deployments.refused.title': 'Not possible for this license',
  'deployments.refused.not_owner': 'Only the organization that owns the license can return it.',
  'deployments.refused.not_bound':
    'Its keys are not bound to a host: install the same key on the new computer, and remove it from the old one.',
  'deployments.refused.no_key': 'This product needs no license key, so there is nothing to change.',
  'deployments.refused.nothing_signed':
    'This kind of key says nothing about company or maintenance, so a new one would change nothing. The one shown stays valid.',
  'deployments.refused.pool_key':
    'Its key was made by the vendor beforehand, for the whole quantity, and cannot be divided or taken back. Write to {email}.',
  'deployments.refused.printed_key':
    'Its key is printed on the certificate, for the whole quantity, and cannot be divided. Write to {email}.',
  'deployments.refused.external': 'Keys of this product come from another service. Write to {email}.',
  'deployments.refused.revoked': 'The vendor has revoked this license. Write to {email} if you think that is wrong.',
  'deployments.refused.superseded': 'Another license has taken its place. Use that one.',
  'deployments.refused.ended': 'Its term has ended. Renew it first.',
  'deployments.refused.nothing_deployed': 'No host has a key of it yet, so there is nothing to move or to make anew.',
  'deployments.refused.all_deployed': 'All of its quantity is in use on hosts. Move part of it instead.',
  'deployments.refused.single': 'Its quantity is 1, which cannot be divided.',
  'deployments.refused.request_open':
    'A request for one more move of this license is not decided yet. Wait for the decision.',
  'deployments.refused.upgrading':
    'Part of it is being upgraded to a new version. Once the old keys have ended it can be changed.',
  'deployments.downgrade.title': 'Use an Earlier Version',
  'deployments.downgrade.lead': 'Makes keys of an earlier version under the same license, as your contract allows.',
  'deployments.downgrade.version': 'Version',
  'deployments.downgrade.own': '{version}, that of the license',
  'deployments.downgrade.keys': 'Keys to make anew',
  'deployments.downgrade.key': 'The license key',
  'deployments.downgrade.is': 'now version {version}',
  'deployments.downgrade.happens.keys': 'The chosen keys are made anew for this version; the old ones are superseded.',
  'deployments.downgrade.happens.license':
    'The license stays one of version {version}: you can come back to it here at any time.',
  'deployments.downgrade.submit': 'Make the keys',
  'deployments.downgrade.unknown_version': 'Choose one of the versions shown',
  'deployments.downgrade.same_version': 'The chosen keys are for this version already',
  'deployments.done.downgrade': 'The keys were made for the version you chose',
  'deployments.done.downgrade.text': 'Install them wherever the old ones are.',
  'deployments.refused.no_downgrade': 'This product does not allow keys of earlier versions.',
  'deployments.refused.no_earlier': 'There is no earlier version of this product.',
  'deployments.refused.related':
    'It is tied to another license by maintenance or renewal. Write to {email} to have both changed together.',
  'deployments.refused.allowance_used':
    'Returning it counts as a move, and all moves are used. Move it to a new host instead, or wait until one is free.',
  'deployments.refused.allowance_used_until':
    'Returning it counts as a move, and all moves are used. Move it to a new host instead, or wait until {day}.',

  'deployments.request.gone': 'There is no temporary key any more: the license was revoked or has changed hands.',
  'deployments.request.changed': 'The license was changed at the same moment. Press the button again.',

  'deployments.fact.product': 'Product',
  'deployments.fact.serial': 'Serial number',
  'deployments.fact.new_serial': 'New serial number',
  'deployments.fact.from': 'Old host',
  'deployments.fact.to': 'New host',
  'deployments.fact.quantity': 'Quantity',
  'deployments.fact.until': 'Valid until',
  'deployments.fact.reason': 'Reason',
  'deployments.fact.allowance': 'Moves',
  'deployments.fact.temporary_until': 'Temporary key until',

  'deployments.mail.hello': 'Hello {name},',
  'deployments.mail.action': 'Open the license',
  'deployments.mail.rehosted.subject': '{serial} was moved to a new host',
  'deployments.mail.rehosted.text':
    '{by} moved this license from {from} to {to}. Install the new license file on {to} and remove the old one from {from}: it is withdrawn.',
  'deployments.mail.temporary.subject': '{serial} has a temporary key on its new host',
  'deployments.mail.temporary.text':
    '{by} moved this license from {from} to {to}, more often than the product allows. The vendor was asked; until it decides, {to} works with a temporary license file. The one of {from} is withdrawn.',
  'deployments.mail.extended.subject': 'The temporary key of {serial} was extended',
  'deployments.mail.extended.text':
    'The move to {to} is not decided yet, so its temporary license file was made anew for some more days. Please install it on {to}.',
  'deployments.mail.final.subject': 'The move of {serial} was accepted',
  'deployments.mail.final.text':
    '{to} has its final license file now. Please install it in place of the temporary one.',
  'deployments.mail.restored.subject': 'The move of {serial} was undone',
  'deployments.mail.restored.text':
    'The move was not granted. {to} has its license file back: please install it there. The temporary one of {from} has ended.',
  'deployments.mail.deployed.subject': '{serial} was deployed to a further host',
  'deployments.mail.deployed.text': '{by} gave {to} part of this license. Install the license file there.',
  'deployments.mail.split.subject': '{serial} was split',
  'deployments.mail.split.text':
    '{by} made part of this license a license of its own. Where keys were made anew, the old ones are superseded: install the new ones.',
  'deployments.mail.returned.subject': '{serial} was returned',
  'deployments.mail.returned.text':
    '{by} gave this license back. Its keys are withdrawn; whoever holds the serial number can register it again.',
  'deployments.mail.reissued.subject': 'The keys of {serial} were made anew',
  'deployments.mail.reissued.text':
    '{by} had the keys of this license made anew. Install the new ones: the old ones are superseded.',
} as const
