using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Loa.Ui;

/// <summary>A page that asks its use case first and draws afterwards, so that it never draws what it does not know yet.</summary>
/// <remarks>An ordinary component draws once before its own question is answered, as soon as the database takes its time.</remarks>
public abstract class AskedPage : ComponentBase
{
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    protected abstract Task Ask(CancellationToken cancel);

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await Ask(Http.RequestAborted);
        await base.SetParametersAsync(ParameterView.Empty);
    }
}
