using Loa.Contracts.People;
using Loa.Devices.Plays;
using Loa.Kernel;

namespace Loa.Devices.Registry;

/// <summary>A place as people say it: the hamlet and its commune.</summary>
static class PlaceName
{
    public static string Of(UnitTree tree, Guid unit) =>
        string.Join(", ", tree.PathOf(unit).Reverse().Take(2).Select(tree.NameOf)) is { Length: > 0 } name ? name : "—";
}

/// <summary>A vendor as people say it.</summary>
static class VendorName
{
    public static string Of(string vendor) => Words.Has("vendor." + vendor) ? Words.Get("vendor." + vendor) : vendor;
}
