import type { deployments as en } from '../en/deployments.ts'

export const deployments = {
  'deployments.rehost.title': 'Mover para um novo host',
  'deployments.rehost.lead': 'A chave do host antigo é retirada e o novo host recebe a dele, na mesma hora.',
  'deployments.rehost.from': 'De qual host a licença sai?',
  'deployments.rehost.is_temporary': '{quantity}; chave temporária até a decisão do pedido, não pode ser movida',
  'deployments.rehost.quantity': 'Quantidade a mover',
  'deployments.rehost.quantity_hint':
    'Deixe em branco para mover tudo. O que fica continua funcionando no host antigo com uma nova chave.',
  'deployments.rehost.reason': 'Por que é preciso mover mais uma vez?',
  'deployments.rehost.reason_hint': 'Quem decide lê isto: o que aconteceu com o host antigo, e desde quando.',
  'deployments.rehost.removed': 'A licença foi removida do host antigo, ou será agora mesmo',
  'deployments.rehost.confirm_required': 'Confirme que a licença foi removida do host antigo',
  'deployments.rehost.happens.revoked':
    'A chave do host antigo é retirada na mesma hora e entra na lista pública de revogação.',
  'deployments.rehost.happens.new': 'O novo host recebe sua chave na mesma hora.',
  'deployments.rehost.happens.counted':
    'Usa uma mudança: depois dela {left, plural, =0 {não resta nenhuma} one {resta uma} other {restam #}}.',
  'deployments.rehost.happens.request': 'Um pedido é aberto; o fornecedor decide e você recebe um e-mail.',
  'deployments.rehost.happens.temporary':
    'O novo host recebe na mesma hora uma chave temporária de {days} dias, prorrogada até a decisão.',
  'deployments.rehost.happens.refused':
    'Se o pedido for recusado, o host antigo recebe a chave de volta e a temporária termina.',
  'deployments.rehost.happens.mail': 'Os contatos técnicos e os administradores recebem um e-mail.',
  'deployments.rehost.submit': 'Mover agora',
  'deployments.rehost.submit_over': 'Pedir a mudança e obter uma chave temporária',

  'deployments.allowance.used':
    'Mudanças usadas em {months, plural, one {um mês} other {# meses}}: {used, number} de {allowed, number}',
  'deployments.allowance.next': 'A próxima fica disponível em {day}.',
  'deployments.allowance.over':
    'Você pode mover mesmo assim: pede-se ao fornecedor mais uma mudança, e o novo host recebe na mesma hora uma chave temporária.',

  'deployments.deploy.title': 'Implantar em mais um host',
  'deployments.deploy.lead': 'Dá a mais um host parte da quantidade que nenhum host usa ainda. Não conta como mudança.',
  'deployments.deploy.quantity': 'Quantidade para este host',
  'deployments.deploy.quantity_hint': 'Deixe em branco para usar tudo o que resta: {left}.',
  'deployments.deploy.happens.new': 'O host recebe sua chave na mesma hora; as dos outros hosts ficam como estão.',
  'deployments.deploy.submit': 'Implantar agora',
  'deployments.deploy.link': 'Implantar em mais um host em vez disso',

  'deployments.split.title': 'Dividir a quantidade',
  'deployments.split.lead': 'Parte da quantidade vira uma licença própria, com um novo número de série.',
  'deployments.split.hosts': 'Hosts que vão junto',
  'deployments.split.hosts_hint':
    'Um host vai junto com tudo o que tem, para que nenhum fique sob duas licenças. Para dividir um, mova antes uma parte para outro host.',
  'deployments.split.quantity': 'Quantidade da nova licença',
  'deployments.split.quantity_hint': 'De 1 a {most}; {serial} fica com o resto.',
  'deployments.split.free': 'Quantidade sem host que vai junto',
  'deployments.split.free_hint': 'Nenhum host usa ainda {left}.',
  'deployments.split.happens.serial':
    'A nova licença tem o mesmo produto, datas, manutenção, dono, endereço e contatos, e indica de qual veio.',
  'deployments.split.happens.keys_all':
    'As chaves das duas são refeitas; a antiga é substituída. Instale as duas novas.',
  'deployments.split.happens.keys_hosts':
    'Os hosts que vão junto recebem novas chaves com o novo número de série; os outros ficam com as suas.',
  'deployments.split.happens.moves': 'As mudanças já usadas contam para as duas licenças.',
  'deployments.split.happens.undo': 'Duas licenças não podem ser reunidas depois.',
  'deployments.split.submit': 'Dividir agora',

  'deployments.return.title': 'Devolver',
  'deployments.return.lead': 'Devolve a licença, para que quem tem o número de série possa registrá-la de novo.',
  'deployments.return.happens.keys':
    'Todas as chaves dela são retiradas na mesma hora; o software para na próxima verificação.',
  'deployments.return.happens.owner':
    '{organization} deixa de ser dona dela e de vê-la; contatos e respostas são apagados.',
  'deployments.return.happens.register': 'Quem tem o número de série pode registrá-la, você também.',
  'deployments.return.happens.counted':
    'Ela tem uma chave vinculada a um host: isto usa uma de suas mudanças para um novo host.',
  'deployments.return.serial': 'Digite o número de série para confirmar',
  'deployments.return.not_typed': 'Digite {serial} exatamente como é',
  'deployments.return.submit': 'Devolver esta licença',
  'deployments.return.done': '{serial} foi devolvida. Pode ser registrada de novo com o número de série.',

  'deployments.reissue.title': 'Reemitir o arquivo',
  'deployments.reissue.lead': 'Refaz as chaves desta licença com o que vale hoje.',
  'deployments.reissue.company': 'Registrada em nome de',
  'deployments.reissue.maintenance': 'Manutenção até',
  'deployments.reissue.happens.anew':
    '{count, plural, one {A chave dela é refeita com os dados acima; a antiga é substituída.} other {As # chaves dela são refeitas com os dados acima; as antigas são substituídas.}}',
  'deployments.reissue.happens.install': 'Instale as novas onde quer que estejam as antigas.',
  'deployments.reissue.submit': 'Reemitir agora',
  'deployments.reissue.too_often': 'As chaves desta licença foram refeitas dez vezes em um dia. Tente amanhã.',

  'deployments.done.rehost': 'A licença foi movida',
  'deployments.done.request': 'Seu pedido está com o fornecedor',
  'deployments.done.deploy': 'O host tem sua chave',
  'deployments.done.split': 'A licença foi dividida',
  'deployments.done.reissue': 'As chaves foram refeitas',
  'deployments.done.rehost.text':
    'Instale a nova chave no novo host. Se o host antigo fica com uma parte, instale nele também a nova chave.',
  'deployments.done.request.text':
    'Instale a chave temporária no novo host; ela funciona até {day}. O pedido {number} espera o fornecedor: você recebe um e-mail, e a chave é prorrogada até lá.',
  'deployments.done.deploy.text': 'Instale esta chave no host.',
  'deployments.done.split.text':
    'Esta é a nova licença. Ela veio de {from}. Onde chaves foram refeitas, instale as novas; as antigas foram substituídas.',
  'deployments.done.reissue.text': 'Instale estas chaves onde quer que estejam as antigas; aquelas foram substituídas.',
  'deployments.done.keys': 'Novas chaves',
  'deployments.done.no_keys': 'Nenhuma chave precisou ser feita',
  'deployments.done.open': 'Abrir a licença',
  'deployments.done.open_from': 'Abrir {serial}',
  'deployments.done.open_request': 'Abrir o pedido',
  'deployments.done.until': 'Válida até',
  'deployments.done.key': 'Chave de licença',
  'deployments.done.host': 'Host',

  'deployments.what_happens': 'O que acontece quando você aperta o botão',
  'deployments.changed':
    'Esta licença foi alterada nesse meio-tempo, em outra aba ou por um colega; nada foi feito. O que você vê agora é como ela está: confira e aperte o botão de novo.',
  'deployments.host_in_use':
    'Este host já tem uma chave desta licença. Escolha outro, ou espere a decisão do pedido aberto',
  'deployments.same_host': 'Este é o host em que ela já está',
  'deployments.quantity_wrong': 'Digite uma quantidade de 1 até o que há',
  'deployments.nothing_left': 'Algo precisa ficar com esta licença: deixe ao menos 1',
  'deployments.nothing_chosen': 'Escolha o que vai junto: um host, ou uma quantidade',
  'deployments.unknown_key': 'Este host já tem outra chave. Escolha de novo',

  'deployments.refused.title': 'Não é possível para esta licença',
  'deployments.refused.not_owner': 'Só a organização proprietária da licença pode devolvê-la.',
  'deployments.refused.not_bound':
    'As chaves dela não estão vinculadas a um host: instale a mesma chave no novo computador e remova-a do antigo.',
  'deployments.refused.no_key': 'Este produto não precisa de chave de licença: não há nada a mudar.',
  'deployments.refused.nothing_signed':
    'Este tipo de chave não diz nada sobre empresa ou manutenção: uma nova não mudaria nada. A que aparece continua válida.',
  'deployments.refused.pool_key':
    'A chave dela foi feita antes pelo fornecedor, para toda a quantidade, e não pode ser dividida nem devolvida. Escreva para {email}.',
  'deployments.refused.printed_key':
    'A chave dela está impressa no certificado, para toda a quantidade, e não pode ser dividida. Escreva para {email}.',
  'deployments.refused.external': 'As chaves deste produto vêm de outro serviço. Escreva para {email}.',
  'deployments.refused.revoked': 'O fornecedor revogou esta licença. Escreva para {email} se acha que é um engano.',
  'deployments.refused.superseded': 'Outra licença tomou o lugar dela. Use aquela.',
  'deployments.refused.ended': 'O prazo dela terminou. Renove-a antes.',
  'deployments.refused.nothing_deployed': 'Nenhum host tem chave dela ainda: não há nada a mover nem a refazer.',
  'deployments.refused.all_deployed': 'Toda a quantidade está em uso em hosts. Mova uma parte em vez disso.',
  'deployments.refused.single': 'A quantidade dela é 1, que não pode ser dividida.',
  'deployments.refused.request_open':
    'Um pedido de mais uma mudança desta licença ainda não foi decidido. Espere a decisão.',
  'deployments.refused.upgrading':
    'Uma parte dela está em upgrade. Quando as chaves antigas terminarem, ela poderá ser alterada.',
  'deployments.downgrade.title': 'Usar uma versão anterior',
  'deployments.downgrade.lead': 'Cria chaves de uma versão anterior sob a mesma licença, como seu contrato permite.',
  'deployments.downgrade.version': 'Versão',
  'deployments.downgrade.own': '{version}, a da licença',
  'deployments.downgrade.keys': 'Chaves a refazer',
  'deployments.downgrade.key': 'A chave de licença',
  'deployments.downgrade.is': 'agora versão {version}',
  'deployments.downgrade.happens.keys':
    'As chaves escolhidas são refeitas para esta versão; as antigas são substituídas.',
  'deployments.downgrade.happens.license':
    'A licença continua sendo da versão {version}: você pode voltar a ela aqui a qualquer momento.',
  'deployments.downgrade.submit': 'Criar as chaves',
  'deployments.downgrade.unknown_version': 'Escolha uma das versões mostradas',
  'deployments.downgrade.same_version': 'As chaves escolhidas já são desta versão',
  'deployments.done.downgrade': 'As chaves foram feitas para a versão escolhida',
  'deployments.done.downgrade.text': 'Instale-as onde estão as antigas.',
  'deployments.refused.no_downgrade': 'Este produto não permite chaves de versões anteriores.',
  'deployments.refused.no_earlier': 'Não há versão anterior deste produto.',
  'deployments.refused.related':
    'Ela está ligada a outra licença por manutenção ou renovação. Escreva para {email} para mudar as duas juntas.',
  'deployments.refused.allowance_used':
    'Devolvê-la conta como mudança, e todas já foram usadas. Mova-a para um novo host, ou espere até uma ficar disponível.',
  'deployments.refused.allowance_used_until':
    'Devolvê-la conta como mudança, e todas já foram usadas. Mova-a para um novo host, ou espere até {day}.',

  'deployments.request.gone': 'Já não há chave temporária: a licença foi revogada ou mudou de mãos.',
  'deployments.request.changed': 'A licença foi alterada no mesmo instante. Aperte o botão de novo.',

  'deployments.fact.product': 'Produto',
  'deployments.fact.serial': 'Número de série',
  'deployments.fact.new_serial': 'Novo número de série',
  'deployments.fact.from': 'Host antigo',
  'deployments.fact.to': 'Novo host',
  'deployments.fact.quantity': 'Quantidade',
  'deployments.fact.until': 'Válida até',
  'deployments.fact.reason': 'Motivo',
  'deployments.fact.allowance': 'Mudanças',
  'deployments.fact.temporary_until': 'Chave temporária até',

  'deployments.mail.hello': 'Olá, {name},',
  'deployments.mail.action': 'Abrir a licença',
  'deployments.mail.rehosted.subject': '{serial} foi movida para um novo host',
  'deployments.mail.rehosted.text':
    '{by} moveu esta licença de {from} para {to}. Instale o novo arquivo de licença em {to} e remova o antigo de {from}: ele foi retirado.',
  'deployments.mail.temporary.subject': '{serial} tem uma chave temporária no novo host',
  'deployments.mail.temporary.text':
    '{by} moveu esta licença de {from} para {to}, mais vezes do que o produto permite. O fornecedor foi consultado; até a decisão, {to} funciona com um arquivo de licença temporário. O de {from} foi retirado.',
  'deployments.mail.extended.subject': 'A chave temporária de {serial} foi prorrogada',
  'deployments.mail.extended.text':
    'A mudança para {to} ainda não foi decidida, por isso o arquivo de licença temporário foi refeito por mais alguns dias. Instale-o em {to}.',
  'deployments.mail.final.subject': 'A mudança de {serial} foi aceita',
  'deployments.mail.final.text': '{to} tem agora o arquivo de licença definitivo. Instale-o no lugar do temporário.',
  'deployments.mail.restored.subject': 'A mudança de {serial} foi desfeita',
  'deployments.mail.restored.text':
    'A mudança não foi concedida. {to} tem de volta seu arquivo de licença: instale-o lá. O temporário de {from} terminou.',
  'deployments.mail.deployed.subject': '{serial} foi implantada em mais um host',
  'deployments.mail.deployed.text': '{by} deu a {to} parte desta licença. Instale lá o arquivo de licença.',
  'deployments.mail.split.subject': '{serial} foi dividida',
  'deployments.mail.split.text':
    '{by} fez de parte desta licença uma licença própria. Onde chaves foram refeitas, as antigas foram substituídas: instale as novas.',
  'deployments.mail.returned.subject': '{serial} foi devolvida',
  'deployments.mail.returned.text':
    '{by} devolveu esta licença. As chaves dela foram retiradas; quem tem o número de série pode registrá-la de novo.',
  'deployments.mail.reissued.subject': 'As chaves de {serial} foram refeitas',
  'deployments.mail.reissued.text':
    '{by} mandou refazer as chaves desta licença. Instale as novas: as antigas foram substituídas.',
} satisfies Record<keyof typeof en, string>
