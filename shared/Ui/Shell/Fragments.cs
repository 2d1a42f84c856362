using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Loa.Ui;

/// <summary>Renders a part of a page to HTML, for server-sent events.</summary>
public sealed class Fragments(IServiceProvider services, ILoggerFactory logs)
{
    /// <param name="parameters">An object whose properties are the component's parameters.</param>
    public async Task<string> Render<TComponent>(object parameters)
        where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var view = ParameterView.FromDictionary(
            parameters
                .GetType()
                .GetProperties()
                .ToDictionary(p => p.Name, p => p.GetValue(parameters), StringComparer.Ordinal)
        );
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(view)).ToHtmlString()
        );
    }
}
