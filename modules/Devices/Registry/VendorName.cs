using Loa.Kernel;

namespace Loa.Devices.Registry;

/// <summary>A vendor as people say it.</summary>
static class VendorName
{
    public static string Of(string vendor) => Words.Has("vendor." + vendor) ? Words.Get("vendor." + vendor) : vendor;
}
