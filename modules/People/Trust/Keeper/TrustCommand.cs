using System.CommandLine;

namespace Loa.People.Trust.Keeper;

/// <summary><c>loa trust …</c>: the work of the root's keeper, on a machine without a network or on the server's own.</summary>
static class TrustCommand
{
    public static Command Make() =>
        new("trust", "root key, delegations, revocation")
        {
            NewKey.Root(),
            NewKey.Package(),
            SignArchive.Make(),
            Delegate.Make(),
            Show.Make(),
            Revoke.Make(),
            InstallRoot.Make(),
            HandOver.Make(),
        };
}
