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

## What is going on

status-saved = C’est enregistré.
status-code-sent = Un nouveau code est en route.

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
sign-in-methods-title = Utilisez une autre méthode
sign-in-methods-subtitle = Chacune permet de confirmer que c’est bien vous.

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

## The user button

user-button-open = Ouvrir le menu du compte
user-button-menu = Compte
user-button-manage = Gérer le compte

## The user profile

user-profile-title = Votre compte
user-profile-subtitle = Votre nom, vos adresses et votre mot de passe.
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
user-profile-change-password = Changer le mot de passe
user-profile-set-password = Définir un mot de passe
user-profile-sign-out-others = Se déconnecter de tous les autres appareils
user-profile-password-changed = Votre mot de passe a été changé.
user-profile-sign-out = Se déconnecter de ce navigateur
user-profile-sign-out-title = Session
user-profile-signed-out = Connectez-vous pour voir votre compte.

## The organization switcher

organization-switcher-open = Changer d’organisation
organization-switcher-menu = Organisations
organization-switcher-personal = Compte personnel
organization-switcher-create = Créer une organisation
# Said of an organization (feminine) as of the personal account (masculine).
organization-switcher-role-admin = Admin
organization-switcher-role-member = Membre

## Creating an organization

create-organization-title = Créez une organisation
create-organization-subtitle = Un espace où votre équipe travaille ensemble.
create-organization-submit = Créer l’organisation
create-organization-signed-out = Connectez-vous pour créer une organisation.

## What went wrong

error-form-param-nil = Veuillez remplir ce champ.
error-form-param-format-invalid = Quelque chose ne va pas ici. Veuillez vérifier.
error-form-param-format-invalid-email-address = Cette adresse e-mail est incomplète.
error-form-param-format-invalid-slug = Uniquement des minuscules sans accent et des chiffres, séparés au besoin par un seul tiret.
error-form-param-value-invalid = Cette valeur n’est pas autorisée.
error-form-param-max-length-exceeded = C’est trop long.
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
error-organization-quota-exceeded = Vous ne pouvez pas créer d’autre organisation.
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
mail-account-exists-subject = Vous avez déjà un compte { $application }
mail-account-exists-title = Vous avez déjà un compte
mail-account-exists-body = Quelqu’un, peut-être vous, a essayé de créer un compte { $application } avec cette adresse. Elle est déjà associée à un compte ; il vous suffit donc de vous connecter.
mail-account-exists-code = Si c’était vous, saisissez ce code là où il vous a été demandé :
mail-password-changed-subject = Votre mot de passe { $application } a été changé
mail-password-changed-title = Votre mot de passe a été changé
mail-password-changed-body = Le mot de passe de votre compte { $application } vient d’être changé.
mail-password-changed-note = Si ce n’était pas vous, connectez-vous avec un code et changez votre mot de passe sans attendre.
mail-primary-address-changed-subject = Votre adresse { $application } a été changée
mail-primary-address-changed-title = Vos e-mails vont désormais à une autre adresse
mail-primary-address-changed-body = L’adresse principale de votre compte { $application } est désormais { $address }.
mail-primary-address-changed-note = Si ce n’était pas vous, connectez-vous et rétablissez l’ancienne adresse sans attendre.

## Hosted pages

page-sign-in-title = Connexion
page-sign-up-title = Inscription
page-user-title = Votre compte
page-noscript = La connexion nécessite JavaScript. Veuillez l’autoriser pour cette page.
page-link-body = Continuez seulement si vous avez demandé ce lien avec { $device }. Sinon, fermez cette page.
