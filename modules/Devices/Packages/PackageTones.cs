using Loa.Ui;

namespace Loa.Devices.Packages;

/// <summary>The colours of packages.</summary>
static class PackageTones
{
    public static Tone Of(string state) =>
        state switch
        {
            PackageProcedure.Draft => Tone.Warn,
            PackageProcedure.Signed => Tone.Good,
            _ => Tone.Quiet,
        };
}
