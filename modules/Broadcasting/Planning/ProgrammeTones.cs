using Loa.Broadcasting.Programmes;
using Loa.Ui;

namespace Loa.Broadcasting.Planning;

/// <summary>What colour a programme has.</summary>
static class ProgrammeTones
{
    public static Tone Of(string state) =>
        state switch
        {
            ProgrammeProcedure.InForce => Tone.Going,
            ProgrammeProcedure.Stopped or ProgrammeProcedure.Withdrawn => Tone.Warn,
            _ => Tone.Quiet,
        };
}
