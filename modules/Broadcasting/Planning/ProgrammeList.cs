using Loa.Air;
using Loa.Broadcasting.Programmes;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Broadcasting.Planning;

/// <summary>The list of programmes as it is declared.</summary>
static class ProgrammeList
{
    public const string State = "state";
    public const string Unit = "unit";

    public static readonly ListShape<ListProgrammes.Row> Shape = new(
        new("title", "field.title", p => p.Title) { IsName = true },
        new("when", "programme.when", p => p.When) { Sorts = false },
        new("next", "programme.next", p => p.Next) { Kind = CellKind.Moment },
        new("length", "broadcast.duration", p => p.Length.Shown()) { Sorts = false },
        new("class", "broadcast.class", p => Words.Get("class." + AirWord.Of(p.Class))),
        new("where", "broadcast.where", p => p.Where) { Sorts = false },
        new("state", "broadcast.state", p => Words.Get("state.programme." + p.State))
    )
    {
        Title = "programmes",
        Sort = "next",
        Filters =
        [
            new(State, "broadcast.state")
            {
                Values =
                [
                    ProgrammeProcedure.InForce,
                    ProgrammeProcedure.Draft,
                    ProgrammeProcedure.Over,
                    ProgrammeProcedure.Stopped,
                    ProgrammeProcedure.Withdrawn,
                    ProgrammeProcedure.Discarded,
                ],
                Text = value => Words.Get("state.programme." + value),
            },
            new(Unit, "broadcast.unit", FilterKind.Unit),
        ],
    };
}
