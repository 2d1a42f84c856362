using Loa.Air;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Updating;

/// <summary>Says whether a package may be installed on this speaker: its maker's signature, its model, no step back.</summary>
sealed class JudgePackage(Guard guard, Packages packages, string model)
{
    /// <param name="named">The digest of the one that was ordered.</param>
    public Verdict<Package> Run(string? compact, string named) => guard.Package(compact, named, model, packages.Held);
}
