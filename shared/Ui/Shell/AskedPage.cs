using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Loa.Ui;

/// <summary>A page, or a part of one, that asks its use case first and draws afterwards, so that it never draws what it does not know yet.</summary>
/// <remarks>An ordinary component draws once before its own question is answered, as soon as the database takes its time.</remarks>
public abstract class AskedPage : ComponentBase
{
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [Inject]
    internal AskTurn Turn { get; set; } = null!;

    protected abstract Task Ask(CancellationToken cancel);

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        using (await Turn.Take(Http.RequestAborted))
            await Ask(Http.RequestAborted);
        await base.SetParametersAsync(ParameterView.Empty);
    }
}
