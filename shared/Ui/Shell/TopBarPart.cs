namespace Loa.Ui;

/// <summary>What a module shows in the bar atop each page of whoever signed in: <c>services.AddSingleton(new TopBarPart(typeof(…)))</c>.</summary>
/// <param name="Component">Without parameters.</param>
public sealed record TopBarPart(Type Component);
