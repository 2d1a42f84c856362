using System.CommandLine;

namespace Loa.Trust.Offline;

/// <summary><c>loa trust …</c>: the work of the root's keeper, on a machine without a network or on the server's own.</summary>
static class TrustCommand
{
    public static Command Make(ServerData server) =>
        new("trust", "root key, delegations, revocation")
        {
            NewKey.Root(),
            NewKey.Package(),
            SignArchive.Make(),
            Delegate.Make(server),
            Show.Make(server),
            Revoke.Make(server),
            InstallRoot.Make(server),
            HandOver.Make(server),
        };
}
