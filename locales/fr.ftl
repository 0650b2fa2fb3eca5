### Every sentence of Frontdesk in French.

## Fields

field-email-address = Adresse e-mail
field-password = Mot de passe
field-current-password = Mot de passe actuel
field-new-password = Nouveau mot de passe
field-first-name = Prénom
field-last-name = Nom de famille
field-code = Code de vérification
field-organization-name = Nom de l’organisation
field-organization-slug = Identifiant dans l’URL
field-optional = { $label } (facultatif)
field-password-hint =
    { $count ->
        [one] Au moins { $count } caractère.
       *[other] Au moins { $count } caractères.
    }
field-organization-slug-hint = Minuscules sans accent, chiffres et tirets.
field-code-hint = Six chiffres.
field-phone-number = Numéro de téléphone
field-phone-number-hint = Avec + devant, le pays est reconnu tout seul.
field-country = Pays
field-country-chosen = Pays : { $name }, { $code }
field-country-search = Chercher un pays
field-country-none = Aucun pays ne porte ce nom.
field-username = Nom d’utilisateur
field-username-hint = De { $min } à { $max } lettres sans accent, chiffres, tirets et tirets bas.
field-choose = Veuillez choisir
field-passkey-name = Nom de la clé d’accès

## Actions

action-continue = Continuer
action-sign-in = Se connecter
action-sign-up = S’inscrire
action-sign-out = Se déconnecter
action-save = Enregistrer
action-cancel = Annuler
action-back = Retour
action-add = Ajouter
action-remove = Supprimer
action-verify = Vérifier
action-close = Fermer
action-try-again = Réessayer
action-show-password = Afficher le mot de passe
action-hide-password = Masquer le mot de passe
action-resend = Envoyer un nouveau code
action-resend-in =
    { $seconds ->
        [one] Envoyer un nouveau code dans { $seconds } seconde
       *[other] Envoyer un nouveau code dans { $seconds } secondes
    }
action-use-password = Utiliser plutôt le mot de passe
action-use-email-code = Recevoir plutôt un code par e-mail
action-other-way = Utiliser une autre méthode
action-copy = Copier
action-download = Télécharger
action-print = Imprimer
action-done = Terminé
action-rename = Renommer

## What is going on

status-saved = C’est enregistré.
status-code-sent = Un nouveau code est en route.
status-copied = C’est copié.
status-removed = C’est supprimé.

## Signing in

sign-in-title = Connectez-vous à { $application }
sign-in-subtitle = Ravis de vous revoir. Connectez-vous pour continuer.
sign-in-password-title = Saisissez votre mot de passe
sign-in-password-subtitle = Celui qui est associé à votre compte.
sign-in-code-title = Consultez vos e-mails
sign-in-code-subtitle = Si un compte existe pour { $address }, un code à six chiffres est en route.
sign-in-no-account = Pas encore de compte ?
# Worded so that it fits a man and a woman alike (« connecté » does not).
sign-in-done-title = Votre session est ouverte
sign-in-done-subtitle = Vous utilisez le compte « { $name } ».
sign-in-edit-identifier = Changer l’adresse e-mail
sign-in-edit-username = Changer le nom d’utilisateur
sign-in-methods-title = Utilisez une autre méthode
sign-in-methods-subtitle = Chacune permet de confirmer que c’est bien vous.
sign-in-field-username = Nom d’utilisateur
sign-in-field-phone-number = Numéro de téléphone
sign-in-field-email-or-username = Adresse e-mail ou nom d’utilisateur
sign-in-field-email-or-phone = Adresse e-mail ou numéro de téléphone
sign-in-field-username-or-phone = Nom d’utilisateur ou numéro de téléphone
sign-in-field-any = Adresse e-mail, nom d’utilisateur ou numéro de téléphone
sign-in-or = ou
sign-in-last-used = Dernière méthode
sign-in-transfer = Créer un compte avec celui-ci
sign-in-use-passkey = Utiliser une clé d’accès
sign-in-use-email-link = Recevoir plutôt un lien par e-mail
sign-in-use-phone-code = Recevoir plutôt un code par SMS
sign-in-use-totp = Utiliser l’application d’authentification
sign-in-use-backup-code = Utiliser un code de secours
sign-in-forgot-password = Mot de passe oublié ?
sign-in-trouble = Un problème ?
sign-in-trouble-subtitle = Écrivez-nous : nous vous aiderons à retrouver l’accès.
sign-in-trouble-action = Écrire à l’assistance
sign-in-phone-code-title = Consultez votre téléphone
sign-in-second-code-subtitle = Saisissez le code à six chiffres envoyé à { $address }.
sign-in-new-device = Nous ne connaissons pas encore ce navigateur : confirmez une fois de plus que c’est bien vous.
sign-in-totp-title = Validation en deux étapes
sign-in-totp-subtitle = Saisissez le code à six chiffres qu’affiche votre application d’authentification.
sign-in-backup-code-title = Saisissez un code de secours
sign-in-backup-code-subtitle = L’un des codes que vous avez conservés pour ce cas. Chacun ne sert qu’une fois.
sign-in-backup-code = Code de secours
sign-in-trust-device = Ne plus demander sur cet appareil
sign-in-reset-title = Réinitialisez votre mot de passe
sign-in-new-password-title = Choisissez un nouveau mot de passe
sign-in-new-password-subtitle = Il servira désormais à vous connecter.
sign-in-new-password-needed = Votre mot de passe ne doit plus être utilisé. Choisissez-en un autre pour continuer.
sign-in-sign-out-others = Se déconnecter de tous les autres appareils
sign-in-link-title = Consultez vos e-mails
sign-in-link-subtitle = Si un compte existe pour { $address }, un lien est en route. Ouvrez-le dans ce navigateur.
sign-in-link-sending = Un instant…
sign-in-link-waiting = En attente de l’ouverture du lien…
sign-in-link-sent = Un nouveau lien est en route.
sign-in-link-resend = Envoyer un nouveau lien
sign-in-link-resend-in =
    { $seconds ->
        [one] Envoyer un nouveau lien dans { $seconds } seconde
       *[other] Envoyer un nouveau lien dans { $seconds } secondes
    }
sign-in-link-expired = Le lien a expiré. Demandez-en un nouveau.
sign-in-link-failed = Le lien a déjà servi, ou il est incomplet. Demandez-en un nouveau.
sign-in-link-failed-title = Ce lien ne fonctionne plus
sign-in-link-elsewhere-title = C’est fait
sign-in-link-elsewhere = Vous pouvez continuer là où vous avez demandé le lien.
sign-in-again = Recommencer la connexion
sign-in-passkey-title = Utilisez votre clé d’accès
sign-in-passkey-subtitle = Votre appareil demande votre doigt, votre visage ou son code.
sign-in-accounts-title = Choisissez un compte
sign-in-accounts-subtitle = Ces comptes sont connectés ici.
sign-in-as = Continuer en tant que { $name }
sign-in-add-account = Ajouter un autre compte
sign-in-out-of-all = Se déconnecter de tous les comptes
sign-in-organization-title = Choisissez une organisation
sign-in-organization-subtitle = Celle dans laquelle vous souhaitez travailler maintenant.
sign-in-organization-none = Vous n’êtes encore dans aucune organisation. Demandez à quelqu’un de vous inviter, puis revenez.
sign-in-task-leave = Vous n’êtes pas { $name } ? Se déconnecter
sign-in-set-up-title = Configurez la validation en deux étapes
sign-in-set-up-subtitle = Ajoutez ce compte à une application d’authentification, puis saisissez le code affiché.
sign-in-set-up-phone-subtitle = À chaque connexion, nous vous envoyons un code par SMS. À quel numéro ?
sign-in-set-up-use-phone = Utiliser plutôt des SMS
sign-in-set-up-use-app = Utiliser plutôt une application d’authentification
totp-picture = La clé sous forme de code QR
sign-in-set-up-open = Ouvrir l’application sur cet appareil
sign-in-set-up-key = Ou saisissez cette clé dans l’application :
sign-in-set-up-codes-title = Conservez vos codes de secours
sign-in-set-up-codes-subtitle = Chacun permet une connexion sans l’application ni le téléphone. Ils ne sont affichés que maintenant.
sign-in-set-up-save = Enregistrer dans un fichier

## Signing up

sign-up-title = Créez votre compte
sign-up-subtitle = Bienvenue sur { $application }. Quelques informations pour commencer.
sign-up-code-title = Vérifiez votre adresse e-mail
sign-up-code-subtitle = Saisissez le code à six chiffres envoyé à { $address }.
sign-up-have-account = Vous avez déjà un compte ?
sign-up-exists-title = Vous avez déjà un compte
sign-up-exists-subtitle = L’adresse { $address } est déjà associée à un compte. Connectez-vous pour continuer.
sign-up-restricted-title = Les inscriptions sont fermées
sign-up-restricted-subtitle = Les nouveaux comptes se créent uniquement sur invitation.
sign-up-done-title = Votre compte est prêt
sign-up-done-subtitle = Vous utilisez le compte « { $name } ».
sign-up-phone-code-title = Vérifiez votre numéro de téléphone
sign-up-phone-code-subtitle = Saisissez le code à six chiffres envoyé au { $number }.
sign-up-edit-phone = Changer le numéro de téléphone
sign-up-use-phone = Utiliser plutôt un numéro de téléphone
sign-up-use-email = Utiliser plutôt une adresse e-mail
sign-up-missing-title = C’est presque fini
sign-up-missing-subtitle = Il ne manque plus que cela pour votre compte.
sign-up-task-subtitle = Votre compte est prêt. Il reste une étape avant de pouvoir l’utiliser.
sign-up-legal-title = Une dernière chose
sign-up-legal-subtitle = À lire avant de continuer.
sign-up-legal-both = J’accepte les { $terms } et la { $privacy }.
sign-up-legal-terms = J’accepte les { $terms }.
sign-up-legal-privacy = J’accepte la { $privacy }.
sign-up-terms = conditions d’utilisation
sign-up-privacy = politique de confidentialité
sign-up-checking = Nous vérifions que vous n’êtes pas un robot…
sign-up-waitlist-title = Pas encore ouvert
sign-up-waitlist-subtitle = Les nouveaux comptes sont ouverts depuis la liste d’attente.

## The waiting list

waitlist-title = Rejoignez la liste d’attente
waitlist-subtitle = Nous vous écrirons dès que { $application } vous sera ouvert.
waitlist-join = Rejoindre la liste d’attente
waitlist-joined-title = Vous êtes sur la liste
waitlist-joined-subtitle = Nous écrirons à { $address } dès que votre tour viendra.

## Accounts elsewhere

social-group = Comptes sur d’autres services
social-continue = Continuer avec { $provider }
social-or = ou

## How hard a password is to guess

strength-good = Ce mot de passe est difficile à deviner.
strength-weak = Ce mot de passe est facile à deviner.
strength-straight-row = Une rangée de touches est facile à deviner.
strength-key-pattern = Un motif court sur le clavier est facile à deviner.
strength-simple-repeat = Un caractère répété est facile à deviner.
strength-extended-repeat = Quelques caractères répétés sont faciles à deviner.
strength-sequences = Une suite comme « abc » ou « 6543 » est facile à deviner.
strength-recent-years = Une année récente est facile à deviner.
strength-dates = Une date est facile à deviner.
strength-top-ten = C’est l’un des dix mots de passe les plus courants.
strength-top-hundred = C’est l’un des cent mots de passe les plus courants.
strength-common = C’est un mot de passe très courant.
strength-similar-to-common = Il ressemble à un mot de passe courant.
strength-word-by-itself = Un mot seul est facile à deviner.
strength-names-by-themselves = Un nom seul est facile à deviner.
strength-common-names = Un nom courant est facile à deviner.
strength-user-inputs = Il contient votre nom ou votre adresse.
strength-use-words = Utilisez plusieurs mots sans rapport entre eux.
strength-no-need = Les symboles, chiffres et majuscules ne sont pas nécessaires.
strength-another-word = Ajoutez encore un mot ou deux.
strength-capitalization = Une majuscule au début n’aide guère.
strength-all-uppercase = Tout mettre en majuscules n’aide guère.
strength-reverse-words = Un mot écrit à l’envers n’aide guère.
strength-l33t = Remplacer « a » par « @ » n’aide guère.
strength-longer-keyboard-pattern = Choisissez un motif plus long, avec plus de détours.
strength-avoid-repeated = Ne répétez ni mots ni caractères.
strength-avoid-sequences = Évitez les suites.
strength-avoid-recent-years = Évitez les années récentes.
strength-associated-years = Évitez les années qui comptent pour vous.
strength-avoid-dates = Évitez les dates qui comptent pour vous.

## Prouver de nouveau son identité

step-up-title = Confirmez que c’est bien vous
step-up-password = Saisissez votre mot de passe pour continuer.
step-up-none = Il n’y a aucun moyen de le prouver ici. Déconnectez-vous, reconnectez-vous, puis réessayez.

## The user button

user-button-open = Ouvrir le menu du compte
user-button-open-of = { $name } : ouvrir le menu du compte
user-button-menu = Compte
user-button-manage = Gérer le compte

## Pictures

picture-title = Photo
picture-logo = Logo
picture-choose = Choisir une image
picture-remove = Retirer l’image
picture-hint = Vous pouvez aussi en déposer ou en coller une ici.
picture-place = La partie de l’image qui est gardée. Faites-la glisser ou utilisez les flèches du clavier.
picture-zoom = Zoom

## The user profile

user-profile-title = Votre compte
user-profile-subtitle = Qui vous êtes ici, et comment vous le prouvez.
user-profile-pages = Pages de votre compte
user-profile-account = Compte
user-profile-security = Sécurité
user-profile-delete = Supprimer le compte
user-profile-delete-hint = Votre compte et tout ce qui est à vous ici disparaissent pour de bon. Personne ne peut les rétablir.
user-profile-delete-label = Tapez « { $phrase } » pour continuer
user-profile-name = Nom
user-profile-no-name = Pas encore de nom
user-profile-emails = Adresses e-mail
user-profile-password = Mot de passe
user-profile-password-set = Un mot de passe est défini.
user-profile-password-unset = Aucun mot de passe n’est défini.
user-profile-primary = Principale
user-profile-unverified = Non vérifiée
user-profile-make-primary = Définir comme principale
user-profile-remove-email = Supprimer { $address }
user-profile-make-primary-email = Définir { $address } comme adresse principale
user-profile-verify-email = Vérifier { $address }
user-profile-add-email = Ajouter une adresse e-mail
user-profile-verify-title = Vérifiez cette adresse
user-profile-verify-subtitle = Saisissez le code à six chiffres envoyé à { $address }.
# $address is an e-mail address.
user-profile-link-subtitle = Nous avons envoyé un lien à { $address }. Ouvrez-le dans ce navigateur.
user-profile-change-password = Changer le mot de passe
user-profile-set-password = Définir un mot de passe
user-profile-sign-out-others = Se déconnecter de tous les autres appareils
user-profile-password-changed = Votre mot de passe a été changé.
user-profile-sign-out = Se déconnecter de ce navigateur
user-profile-sign-out-title = Session
user-profile-signed-out = Connectez-vous pour voir votre compte.
user-profile-username = Nom d’utilisateur
user-profile-no-username = Pas encore de nom d’utilisateur
user-profile-change-username = Changer le nom d’utilisateur
user-profile-set-username = Choisir un nom d’utilisateur
user-profile-phones = Numéros de téléphone
user-profile-add-phone = Ajouter un numéro de téléphone
user-profile-verify-phone-title = Vérifiez ce numéro
user-profile-make-primary-phone = Définir le { $number } comme numéro principal
user-profile-passkeys = Clés d’accès
user-profile-passkeys-none = Pas encore de clé d’accès. Elle permet de se connecter sans mot de passe.
user-profile-passkeys-unsupported = Ce navigateur ne peut pas créer de clé d’accès.
user-profile-add-passkey = Ajouter une clé d’accès
user-profile-rename-passkey = Renommer { $name }
user-profile-passkey-used = Dernière utilisation le { $date }
user-profile-passkey-added = Ajoutée le { $date }
user-profile-two-step = Vérification en deux étapes
user-profile-two-step-off = Rien n’est demandé après la première étape.
user-profile-totp = Application d’authentification
user-profile-add-totp = Ajouter une application d’authentification
user-profile-totp-scan = Scannez ceci avec votre application d’authentification, ou tapez-y la clé. Saisissez ensuite le code affiché.
user-profile-totp-secret = Clé
user-profile-totp-open = Ouvrir dans une application de cet appareil
user-profile-phone-factor = SMS au { $number }
user-profile-add-phone-factor = Utiliser le { $number } comme deuxième étape
user-profile-default = Par défaut
user-profile-make-default = Définir par défaut
user-profile-make-default-factor = Demander d’abord un SMS au { $number }
user-profile-backup-codes = Codes de secours
user-profile-backup-codes-new = Créer de nouveaux codes de secours
user-profile-backup-codes-shown = Gardez ces codes en lieu sûr. Chacun ne sert qu’une fois, les anciens ne marchent plus et ceux-ci ne seront plus affichés.
user-profile-connected = Comptes connectés
user-profile-connected-none = Aucun compte d’un autre service n’est connecté.
user-profile-connect = Connecter { $provider }
user-profile-reconnect = Reconnecter
# $provider is another service, e.g. "GitHub".
user-profile-reconnect-provider = Reconnecter { $provider }
user-profile-connected-lost = Ce compte doit être reconnecté.
user-profile-connected-more = Cette application demande un accès plus large à ce compte.
user-profile-devices = Vos sessions ouvertes
user-profile-this-device = Cet appareil
user-profile-device = { $browser } sur { $device }
user-profile-device-unknown = Appareil inconnu
user-profile-device-used = Dernière utilisation : { $date }
user-profile-revoke-device = Se déconnecter de { $device }

## The organization switcher

organization-switcher-open = Changer d’organisation
organization-switcher-menu = Organisations
organization-switcher-personal = Compte personnel
organization-switcher-manage = Gérer l’organisation
organization-switcher-none = Choisir une organisation
organization-switcher-invitations = Invitations
organization-switcher-join = Rejoindre
organization-switcher-count = { $count }
organization-switcher-waiting =
    { $count ->
        [one] { $count } élément en attente
       *[other] { $count } éléments en attente
    }
organization-switcher-suggestions = Suggestions
organization-switcher-ask = Demander à entrer
organization-switcher-asked = Demande envoyée
organization-switcher-requests =
    { $count ->
        [one] { $count } demande
       *[other] { $count } demandes
    }
organization-switcher-create = Créer une organisation
# Said of an organization (feminine) as of the personal account (masculine).
organization-switcher-role-admin = Admin
organization-switcher-role-member = Membre

## The organization's profile

organization-profile-title = Organisation
organization-profile-subtitle = Ses membres et ses paramètres.
organization-profile-signed-out = Connectez-vous pour voir votre organisation.
organization-profile-none = Vous n’êtes dans aucune organisation pour le moment. Choisissez-en une d’abord.
organization-profile-pages = Pages
organization-profile-general = Général
organization-profile-members = Membres
organization-profile-invitations = Invitations
organization-profile-roles = Rôles
organization-profile-profile = Profil
organization-profile-leave = Quitter
organization-profile-leave-action = Quitter l’organisation
organization-profile-leave-hint = Seule une invitation vous y ramènera.
organization-profile-leave-sure = Quitter { $name } ? Vous perdez l’accès à tout ce qui s’y trouve.
organization-profile-delete = Supprimer
organization-profile-delete-action = Supprimer l’organisation
organization-profile-delete-hint = Ses membres perdent leur accès, et rien ne la rétablira.
organization-profile-delete-confirm = Saisissez « { $name } » pour la supprimer
organization-profile-search = Rechercher des membres
organization-profile-sort = Trier par
organization-profile-sort-oldest = Plus anciens d’abord
organization-profile-sort-newest = Plus récents d’abord
organization-profile-sort-name = Nom
organization-profile-sort-role = Rôle
organization-profile-found =
    { $count ->
        [one] { $count } membre trouvé.
       *[other] { $count } membres trouvés.
    }
organization-profile-nobody = Personne ne porte ce nom.
organization-profile-member = Membre
organization-profile-joined = Arrivée
organization-profile-role = Rôle
organization-profile-actions = Actions
organization-profile-you = Vous
organization-profile-role-of = Rôle de { $name }
organization-profile-remove-member = Retirer { $name }
organization-profile-range = { $first }–{ $last } sur { $total }
organization-profile-previous = Précédent
organization-profile-next = Suivant
organization-profile-invite = Inviter des personnes
organization-profile-addresses = Adresses e-mail
organization-profile-addresses-hint = Plusieurs à la fois, séparées par des virgules, des espaces ou des retours à la ligne.
organization-profile-invite-action = Envoyer les invitations
organization-profile-invited =
    { $count ->
        [one] L’invitation est en route.
       *[other] { $count } invitations sont en route.
    }
organization-profile-pending = Invitations en attente
organization-profile-pending-none = Aucune invitation en attente.
organization-profile-address = Adresse
organization-profile-expires = Valable jusqu’au
organization-profile-resend = Renvoyer
organization-profile-resend-to = Renvoyer à { $address }
organization-profile-resent = Invitation renvoyée.
organization-profile-revoke = Annuler
organization-profile-revoke-of = Annuler l’invitation de { $address }
organization-profile-requests = Demandes
organization-profile-requests-none = Personne ne demande à entrer.
organization-profile-asked = Demande
organization-profile-accept = Accepter
organization-profile-accept-of = Accepter { $name }
organization-profile-reject = Refuser
organization-profile-reject-of = Refuser { $name }
organization-profile-domains = Domaines
organization-profile-domains-none = Il n’y a pas encore de domaine.
organization-profile-domains-hint = Par exemple example.com. Les personnes qui y ont une adresse peuvent être invitées d’office.
organization-profile-domain = Domaine
organization-profile-add-domain = Ajouter un domaine
organization-profile-verified = Vérifié
organization-profile-verify-of = Vérifier { $name }
organization-profile-domain-address = Adresse e-mail sur ce domaine
organization-profile-domain-address-hint = Ce qui précède { $domain }. Un code y est envoyé.
organization-profile-domain-sent = Un code à six chiffres a été envoyé à { $address }.
# $domain is e.g. "example.com".
organization-profile-record-hint = Ajoutez un enregistrement TXT avec ce nom et cette valeur à la zone de { $domain }, puis lancez la recherche. Il peut s’écouler un moment avant qu’il soit visible partout.
organization-profile-record-instead = Utiliser plutôt un enregistrement DNS
organization-profile-record-name = Nom
organization-profile-record-value = Valeur
organization-profile-record-look = Le rechercher
organization-profile-record-missing = L’enregistrement n’est pas encore visible. Réessayez plus tard.
organization-profile-enrollment = Qui y a une adresse
organization-profile-enrollment-of = Ce qu’obtiennent les personnes ayant une adresse sur { $name }
organization-profile-manual-invitation = est invité à la main
organization-profile-automatic-invitation = est invité d’office
organization-profile-automatic-suggestion = peut demander à entrer
organization-profile-own-role = Votre rôle
organization-profile-no-permissions = N’autorise rien de plus que d’être membre.
organization-profile-may-manage-profile = Modifier le nom et l’adresse
organization-profile-may-delete = Supprimer l’organisation
organization-profile-may-read-members = Voir les membres
organization-profile-may-manage-members = Inviter, modifier et retirer des membres
organization-profile-may-read-domains = Voir les domaines
organization-profile-may-manage-domains = Ajouter et retirer des domaines

## The list of organizations

organization-list-title = Vos organisations
organization-list-subtitle = Celle dans laquelle vous souhaitez travailler maintenant.
organization-list-signed-out = Connectez-vous pour voir vos organisations.
organization-list-joined = Vous faites maintenant partie de { $name }.

## Creating an organization

create-organization-title = Créez une organisation
create-organization-subtitle = Un espace où votre équipe travaille ensemble.
create-organization-submit = Créer l’organisation
create-organization-signed-out = Connectez-vous pour créer une organisation.
# $name is the organization.
create-organization-others = { $name } est créée
create-organization-others-subtitle = Ajoutez un logo et invitez d’autres personnes, ou faites-le plus tard.

## What went wrong

error-form-param-nil = Veuillez remplir ce champ.
error-form-param-nil-legal-accepted = Veuillez accepter pour continuer.
error-form-param-format-invalid = Quelque chose ne va pas ici. Veuillez vérifier.
error-form-param-format-invalid-email-address = Cette adresse e-mail est incomplète.
error-form-param-format-invalid-code = Ce code comporte six chiffres. Veuillez les saisir tous.
error-form-param-format-invalid-slug = Uniquement des minuscules sans accent et des chiffres, séparés au besoin par un seul tiret.
error-form-param-value-invalid = Cette valeur n’est pas autorisée.
error-form-param-max-length-exceeded = C’est trop long.
error-form-param-max-length-exceeded-file = Cette image est trop grande. Choisissez-en une de 2 Mo au plus.
error-form-param-format-invalid-file = Cette image ne peut pas être utilisée. Choisissez un fichier PNG, JPEG, WebP ou GIF.
error-form-identifier-exists = C’est déjà pris. Veuillez choisir autre chose.
error-form-password-incorrect = Le mot de passe est incorrect, ou ce compte n’existe pas.
error-form-password-length-too-short =
    { $count ->
        [one] Utilisez au moins { $count } caractère.
       *[other] Utilisez au moins { $count } caractères.
    }
error-form-password-length-too-long =
    { $count ->
        [one] Utilisez au plus { $count } caractère.
       *[other] Utilisez au plus { $count } caractères.
    }
error-form-password-size-in-bytes-exceeded = Ce mot de passe est trop long.
error-form-new-password-matches-current = C’est votre mot de passe actuel. Veuillez en choisir un autre.
error-form-password-pwned = Ce mot de passe figure dans une fuite de données. Veuillez en choisir un autre.
error-form-password-not-strong-enough = Ce mot de passe est trop facile à deviner. Veuillez l’allonger.
error-form-password-validation-failed = Il manque à ce mot de passe certains types de caractères demandés.
error-form-password-compromised = Ce mot de passe ne doit plus être utilisé. Veuillez le réinitialiser.
error-form-identifier-not-found = Ce compte n’existe pas.
error-sign-up-if-missing-transfer = Il n’existe pas encore de compte à ce nom. Inscrivez-vous pour en créer un.
error-form-username-invalid-length = Utilisez entre { $min } et { $max } caractères.
error-form-username-invalid-character = Uniquement des lettres sans accent, des chiffres, des tirets et des tirets bas.
error-form-username-needs-non-number-char = Utilisez au moins un caractère qui n’est pas un chiffre.
error-form-param-format-invalid-phone-number = Ce numéro de téléphone est incomplet. Commencez par + et l’indicatif du pays.
error-not-allowed-access = Cette adresse ou ce numéro n’est pas autorisé ici.
error-unsupported-country-code = Aucun SMS n’est envoyé vers ce pays.
error-form-code-incorrect = Ce code est incorrect. Vérifiez-le et réessayez.
error-verification-expired = Ce code a expiré. Demandez-en un nouveau.
error-verification-failed = Trop de codes incorrects. Demandez-en un nouveau.
error-verification-invalid = Il n’y a plus rien à vérifier ici.
error-strategy-for-user-invalid = Cette méthode ne peut pas être utilisée ici.
error-session-exists = Votre session est déjà ouverte.
error-sign-in-attempt-not-found = Trop de temps s’est écoulé. Veuillez recommencer.
error-resource-not-found = Cet élément n’existe plus.
error-authentication-invalid = Veuillez vous reconnecter.
error-authorization-invalid = Vous n’avez pas l’autorisation de faire cela.
error-too-many-requests =
    { $seconds ->
        [one] Trop de tentatives. Veuillez patienter { $seconds } seconde.
       *[other] Trop de tentatives. Veuillez patienter { $seconds } secondes.
    }
error-identification-deletion-failed = Cette adresse ne peut pas être supprimée, car c’est votre adresse principale.
error-sign-up-mode-restricted = Les nouveaux comptes se créent uniquement sur invitation.
error-sign-up-restricted-waitlist = Les nouveaux comptes s’ouvrent uniquement depuis la liste d’attente.
error-user-banned = Ce compte a été fermé.
error-user-locked = Ce compte est verrouillé pour un moment. Veuillez réessayer plus tard.
error-identifier-already-signed-in = Une session est déjà ouverte avec ce compte.
error-oauth-access-denied = L’accès n’y a pas été accordé. Veuillez réessayer ou utiliser une autre méthode.
error-oauth-provider-failed = L’autre service n’a pas répondu comme prévu. Veuillez réessayer ou utiliser une autre méthode.
error-external-account-not-found = Aucun compte d’ici n’est lié à celui-là. Veuillez d’abord vous inscrire.
error-external-account-exists = Ce compte est déjà lié à un autre compte d’ici.
error-external-account-email-taken = Son adresse appartient déjà à un compte d’ici. Connectez-vous d’abord à celui-ci, puis liez l’autre.
error-passkey-not-registered = Cette clé d’accès n’est pas connue ici. Veuillez utiliser une autre méthode.
error-passkey-invalid = La clé d’accès n’a pas fonctionné. Veuillez réessayer ou utiliser une autre méthode.
error-passkey-quota-exceeded = Vous avez autant de clés d’accès que possible. Veuillez d’abord en supprimer une.
error-session-reverification-required = Veuillez confirmer que c’est bien vous, puis réessayer.
error-ticket-invalid = Ce lien ne fonctionne plus. Veuillez en demander un autre.
error-verification-link-client-mismatch = Veuillez ouvrir le lien dans le navigateur où vous l’avez demandé.
error-captcha-required = Veuillez patienter un instant et réessayer : nous vérifions que vous n’êtes pas un robot.
error-captcha-invalid = Cela a pris trop de temps. Veuillez réessayer.
error-totp-already-enabled = Il y a déjà une application d’authentification.
error-organization-quota-exceeded = Vous ne pouvez pas créer d’autre organisation.
error-of-addresses = { $addresses } : { $error }
error-already-a-member-in-organization = Cette personne est déjà membre.
error-organization-membership-quota-exceeded = L’organisation compte autant de membres que possible. L’un de ses administrateurs peut faire de la place.
error-organization-invitation-quota-exceeded = Il y a déjà autant d’invitations en attente que possible.
error-organization-domain-common = Tout le monde peut avoir une adresse sur ce domaine. Utilisez un domaine qui vous appartient.
error-organization-domain-quota-exceeded = Il y a déjà autant de domaines que possible.
error-organization-minimum-permissions-needed = L’organisation doit garder un administrateur. Nommez d’abord quelqu’un d’autre.
error-origin-invalid = Cette page n’est pas autorisée à proposer la connexion. Son propriétaire doit l’ajouter aux origines autorisées.
error-request-body-invalid = La demande n’a pas pu être lue. Veuillez réessayer.
error-service-unavailable = Nous sommes très sollicités en ce moment. Rien n’est perdu ; veuillez réessayer.
error-internal-error = Un problème est survenu de notre côté. Rien n’est perdu ; veuillez réessayer.
error-offline = Vous semblez être hors ligne. Rien n’est perdu ; veuillez réessayer.
error-load = Le chargement a échoué.

## Mails

mail-code-subject = { $code } est votre code { $application }
mail-code-title = Votre code de vérification
mail-code-body = Saisissez ce code dans { $application } pour continuer. Il est valable une seule fois, pendant dix minutes.
mail-code-note = Si vous ne l’avez pas demandé, vous pouvez ignorer cet e-mail. Ne communiquez jamais ce code à personne.
mail-domain-code-subject = { $code } valide le domaine pour { $organization }
mail-domain-code-title = Un code pour { $organization }
mail-domain-code-body = Quelqu’un souhaite prouver dans { $application } que cette adresse appartient à l’organisation { $organization }. Transmettez-lui ce code si c’est exact. Les personnes ayant une adresse sur ce domaine pourront alors y être invitées.
mail-account-exists-subject = Vous avez déjà un compte { $application }
mail-account-exists-title = Vous avez déjà un compte
mail-account-exists-body = Quelqu’un, peut-être vous, a essayé de créer un compte { $application } avec cette adresse. Elle est déjà associée à un compte ; il vous suffit donc de vous connecter.
mail-account-exists-code = Si c’était vous, saisissez ce code là où il vous a été demandé :
mail-reset-subject = { $code } est votre code { $application }
mail-reset-title = Choisissez un autre mot de passe
mail-reset-body = Saisissez ce code dans { $application } pour choisir un autre mot de passe. Il est valable une seule fois, pendant dix minutes.
mail-link-subject = Continuer vers { $application }
mail-link-title = Continuez avec ce lien
mail-link-body = Ouvrez ce lien pour continuer vers { $application }. Il est valable une seule fois, pendant dix minutes.
mail-link-note = Si vous ne l’avez pas demandé, vous pouvez ignorer cet e-mail. Ne communiquez jamais ce lien à personne.
mail-link-action = Continuer
mail-invitation-subject = Vous recevez une invitation à { $application }
mail-invitation-title = Vous recevez une invitation à { $application }
mail-invitation-body = Quelqu’un vous invite à créer un compte { $application }. Ouvrez ce lien pour accepter.
mail-invitation-note = Si vous ne savez pas pourquoi, vous pouvez ignorer cet e-mail.
mail-organization-invitation-subject = Vous recevez une invitation à rejoindre { $organization } sur { $application }
mail-organization-invitation-title = Rejoindre { $organization }
mail-organization-invitation-body = { $inviter } vous invite à rejoindre { $organization } sur { $application }. Ouvrez ce lien pour accepter.
mail-organization-invitation-body-plain = Vous recevez une invitation à rejoindre { $organization } sur { $application }. Ouvrez ce lien pour accepter.
mail-new-device-subject = Nouvelle connexion à { $application }
mail-new-device-title = Connexion depuis un nouvel appareil
mail-new-device-body = Votre compte { $application } vient d’être utilisé avec { $device } depuis { $address }.
mail-factor-added-subject = Une preuve d’identité a été ajoutée à votre compte { $application }
mail-factor-added-title = Une preuve d’identité a été ajoutée
mail-factor-added-body = Une nouvelle façon de prouver votre identité vient d’être ajoutée à votre compte { $application }.
mail-factor-removed-subject = Une preuve d’identité a été retirée de votre compte { $application }
mail-factor-removed-title = Une preuve d’identité a été retirée
mail-factor-removed-body = Une façon de prouver votre identité vient d’être retirée de votre compte { $application }.
mail-factor-note = Si ce n’était pas vous, connectez-vous et changez votre mot de passe sans attendre.
text-code = { $code } est votre code { $application }. Ne le communiquez jamais à personne.
mail-password-changed-subject = Votre mot de passe { $application } a été changé
mail-password-changed-title = Votre mot de passe a été changé
mail-password-changed-body = Le mot de passe de votre compte { $application } vient d’être changé.
mail-password-changed-note = Si ce n’était pas vous, connectez-vous avec un code et changez votre mot de passe sans attendre.
mail-primary-address-changed-subject = Votre adresse { $application } a été changée
mail-primary-address-changed-title = Vos e-mails vont désormais à une autre adresse
mail-primary-address-changed-body = L’adresse principale de votre compte { $application } est désormais { $address }.
mail-primary-address-changed-note = Si ce n’était pas vous, connectez-vous et rétablissez l’ancienne adresse sans attendre.
mail-address-removed-subject = Cette adresse a été retirée de votre compte { $application }
mail-address-removed-title = Cette adresse a été retirée
mail-address-removed-body = Vous ne pouvez plus vous connecter à { $application } avec cette adresse, et les e-mails au sujet de votre compte vont ailleurs.
mail-address-removed-note = Si ce n’était pas vous, connectez-vous avec une autre adresse ou un autre numéro et changez votre mot de passe sans attendre.

## Hosted pages

page-sign-in-title = Connexion
page-sign-up-title = Inscription
page-user-title = Votre compte
page-organization-title = Organisation
page-noscript = La connexion nécessite JavaScript. Veuillez l’autoriser pour cette page.
page-link-body = Continuez seulement si vous avez demandé ce lien avec { $device }. Sinon, fermez cette page.
